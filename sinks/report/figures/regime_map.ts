import type { Report } from '../../../schemas/report.js';
import { axisTitle } from '../axis_title.js';
import { cells } from '../cells.js';
import { colourBar } from '../colour_bar.js';
import { colourOf } from '../../page/client/shared/colours.js';
import { densityScale } from '../density_scale.js';
import { formatCount, formatShare } from '../../page/client/shared/format_estimate.js';
import { regions, type Point } from '../half_planes.js';
import { legend, numbered, rowHeight, type LegendEntry } from '../legend.js';
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
    left: 92,
    top: 64,
    width: 512,
    height: 420,
    marks: [],
    x: { title: axisTitle(x), domain: [left, right] },
    y: { title: axisTitle(y), domain: [low, high] },
  });
  const { level, axis } = densityScale(n);
  const paint = (t: number) => `fill="currentColor" fill-opacity="${(0.1 + 0.7 * t).toFixed(3)}"`;
  const density = cells(frame, x.edges, y.edges, 'density', (cell) => (n[cell] ? paint(level(n[cell])) : null));
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
  const isIn = (value: number, a: number, b: number) => value >= a && value <= b;
  const centroids = regimes.map
    .map(({ id, centroid }) => ({ id, x: centroid[x.variable] ?? left, y: centroid[y.variable] ?? low }))
    .filter((c) => isIn(c.x, left, right) && isIn(c.y, low, high))
    .map((c) => numbered(Math.round(frame.toX(c.x)), Math.round(frame.toY(c.y)), colourOf(c.id), c.id));
  const entries = regimes.map.flatMap(({ id, label, share, shareInterval, n: count }): LegendEntry[] => [
    { mark: 'cross', colour: colourOf(id), number: id, cells: [`${id}: ${label}`] },
    {
      mark: 'none',
      colour: '',
      cells: [`share ${formatShare(share, shareInterval.low, shareInterval.high)}`, `n = ${formatCount(count)}`],
    },
  ]);
  const below = 92 + rowHeight * entries.length;
  const bar = colourBar(640, below, Math.max(160, 484 - below), axis, paint);
  const inside = n.reduce((a, b) => a + b, 0);
  const hidden = regimes.map.length - centroids.length;
  const more = Object.keys(regimes.scale).length > 2 ? ' Further context variables are held at their mean.' : '';
  const missing = hidden > 0 ? ` ${formatCount(hidden)} centroids lie beyond the frame.` : '';
  const title = `Regimes in the plane of ${x.title} and ${y.title}`;
  const description =
    `${title}: an event belongs to the nearest centroid (numbered) in standardised coordinates, so that regions meet in straight lines. ` +
    `Grey: number of events${report.weight === null ? '' : ' (the share is of the sum of weights)'}, logarithmic; ${formatCount(inside)} inside the frame, ${formatCount(outside)} outside.${more}${missing}`;
  return [
    sheet(report, {
      name: 'regime_map',
      title,
      description,
      n: inside + outside,
      height: Math.max(560, below + 200),
      parts: [
        density,
        `<g data-layer="regions" stroke-linejoin="round">${areas.join('')}</g>`,
        frame.svg,
        `<g data-layer="centroids">${centroids.join('')}</g>`,
        legend(
          628,
          78,
          [
            { at: 30, width: 156 },
            { at: 190, width: 124 },
          ],
          null,
          entries,
        ),
        bar,
      ],
    }),
  ];
}
