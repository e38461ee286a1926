import type { Report } from '../../../schemas/report.js';
import { axisTitle } from '../axis_title.js';
import { cells } from '../cells.js';
import { colourBar } from '../colour_bar.js';
import { colourOf } from '../colours.js';
import { formatCount, formatShare } from '../format_estimate.js';
import { regions, type Point } from '../half_planes.js';
import { legend, numbered } from '../legend.js';
import { panel } from '../panel.js';
import { sheet, type Figure } from '../sheet.js';
import { shownPlane } from '../shown.js';

/** The plane of the first two context variables: density in grey, the regions of the regimes, and their centroids. */
export function regimeMap(report: Report): Figure[] {
  const { contextPlane: data } = report.distributions;
  const { regimes } = report;
  if (!data || !regimes) return [];
  const { x, y, n, outside } = shownPlane(data, 60, 0.0005);
  const [left, right, low, high] = [x.edges[0]!, x.edges.at(-1)!, y.edges[0]!, y.edges.at(-1)!];
  const frame = panel({
    left: 84,
    top: 64,
    width: 520,
    height: 420,
    marks: [],
    x: { title: axisTitle(x), domain: [left, right] },
    y: { title: axisTitle(y), domain: [low, high] },
  });
  const most = n.reduce((a, b) => Math.max(a, b), 1);
  const range = Math.log10(most + 1);
  const paint = (t: number) => `fill="currentColor" fill-opacity="${(0.06 + 0.74 * t).toFixed(3)}"`;
  const density = cells(frame, x.edges, y.edges, 'density', (cell) =>
    n[cell] ? paint(Math.round((24 * Math.log10(n[cell] + 1)) / range) / 24) : null,
  );
  const rectangle: Point[] = [
    [left, low],
    [right, low],
    [right, high],
    [left, high],
  ];
  const polygons = regions(regimes, x.variable, y.variable, rectangle);
  const path = (polygon: readonly Point[]) =>
    `M${polygon.map((p) => `${frame.toX(p[0])},${frame.toY(p[1])}`).join('L')}Z`;
  const areas = regimes.map
    .map(({ id }, k) => ({ id, polygon: polygons[k]! }))
    .filter(({ polygon }) => polygon.length > 2)
    .map(
      ({ id, polygon }) =>
        `<path data-regime="${id}" d="${path(polygon)}" fill="${colourOf(id)}" fill-opacity="0.3" stroke="currentColor" stroke-width="1.6"/>`,
    );
  const within = (value: number, a: number, b: number) => value >= a && value <= b;
  const centroids = regimes.map
    .map(({ id, centroid }) => ({ id, x: centroid[x.variable] ?? left, y: centroid[y.variable] ?? low }))
    .filter((c) => within(c.x, left, right) && within(c.y, low, high))
    .map((c) => numbered(Math.round(frame.toX(c.x)), Math.round(frame.toY(c.y)), colourOf(c.id), c.id));
  const entries = regimes.map.map(({ id, label, share, shareInterval, n: count }) => ({
    mark: 'cross' as const,
    colour: colourOf(id),
    number: id,
    cells: [`${id}: ${label}`, formatShare(share, shareInterval.low, shareInterval.high), formatCount(count)],
  }));
  const ticks = [1, 10, 100, 1000, 10000, 100000, 1e6, 1e7, 1e8]
    .filter((count) => count <= most)
    .map((count) => ({ at: Math.log10(count + 1), label: formatCount(count) }));
  const legendHeight = 40 + 20 * entries.length;
  const bar = colourBar(
    640,
    84 + legendHeight,
    400 - legendHeight,
    { title: 'Events / cell', domain: [0, range], ticks },
    paint,
  );
  const inside = n.reduce((a, b) => a + b, 0);
  const more = Object.keys(regimes.scale).length > 2 ? ' Further context variables are held at their mean.' : '';
  const title = `Regimes in the plane of ${x.title} and ${y.title}`;
  const description =
    `${title}: an event belongs to the nearest centroid (numbered) in standardised coordinates, so that regions meet in straight lines. ` +
    `Grey: number of events, logarithmic; ${formatCount(inside)} inside the frame, ${formatCount(outside)} outside.${more}`;
  return [
    sheet(report, {
      name: 'regime_map',
      title,
      description,
      n: inside + outside,
      height: 560,
      parts: [
        density,
        `<g data-layer="regions" stroke-linejoin="round">${areas.join('')}</g>`,
        frame.svg,
        `<g data-layer="centroids">${centroids.join('')}</g>`,
        legend(636, 78, [34, 170, 262], ['', 'share', 'n'], entries),
        bar,
      ],
    }),
  ];
}
