import type { Report } from '../../../schemas/report.js';
import { axisTitle } from '../axis_title.js';
import { binAxis } from '../bin_axis.js';
import { cells } from '../cells.js';
import { colourBar } from '../colour_bar.js';
import { diverging, ramp, sequential } from '../../page/client/shared/colours.js';
import { fewEvents } from '../few_events.js';
import { formatCount, formatPlain } from '../../page/client/shared/format_estimate.js';
import { panel } from '../panel.js';
import { sheet, type Figure } from '../sheet.js';

type ResponsePlane = NonNullable<Report['distributions']['responsePlane']>;

/** First and one past the last row or column that has an event. */
function extent(length: number, filled: (i: number) => boolean): [number, number] {
  const indices = Array.from({ length }, (_, i) => i).filter(filled);
  return [indices[0] ?? 0, (indices.at(-1) ?? length - 1) + 1];
}

function heatMap(
  report: Report,
  plane: ResponsePlane,
  name: string,
  what: string,
  values: readonly (number | null)[],
  errors: readonly (number | null)[],
  signed: boolean,
): Figure {
  const [nx, ny] = [plane.x.edges.length - 1, plane.y.edges.length - 1];
  const row = Array.from({ length: nx }, (_, i) => i);
  const column = Array.from({ length: ny }, (_, i) => i);
  const [x0, x1] = extent(nx, (ix) => column.some((iy) => plane.n[iy * nx + ix]! > 0));
  const [y0, y1] = extent(ny, (iy) => row.some((ix) => plane.n[iy * nx + ix]! > 0));
  const [xs, ys] = [binAxis(plane.x.edges.slice(x0, x1 + 1), 692), binAxis(plane.y.edges.slice(y0, y1 + 1), 420)];
  const source = (cell: number) => (Math.floor(cell / (x1 - x0)) + y0) * nx + (cell % (x1 - x0)) + x0;
  const sizes = (least: number) =>
    values.flatMap((value, i) => (value !== null && plane.n[i]! >= least ? [Math.abs(value)] : []));
  const sure = sizes(fewEvents);
  const most = (sure.length > 0 ? sure : sizes(1)).reduce((a, b) => Math.max(a, b), 0) || 1;
  const domain: readonly [number, number] = signed ? [-most, most] : [0, most];
  const colour = (t: number) => ramp(signed ? diverging : sequential, t);
  const level = (value: number) => Math.round((48 * (value - domain[0])) / (domain[1] - domain[0])) / 48;
  const frame = panel({
    left: 92,
    top: 64,
    width: 692,
    height: 420,
    marks: [],
    x: { title: axisTitle(plane.x), domain: xs.domain, ...(xs.ticks ? { ticks: xs.ticks } : {}) },
    y: { title: axisTitle(plane.y), domain: ys.domain, ...(ys.ticks ? { ticks: ys.ticks } : {}) },
  });
  const painted = cells(frame, xs.at, ys.at, 'cells', (cell) => {
    const value = values[source(cell)];
    return value === null || value === undefined ? null : `fill="${colour(level(value))}"`;
  });
  let few = 0;
  const hatched = cells(frame, xs.at, ys.at, 'hatched', (cell) => {
    const n = plane.n[source(cell)]!;
    if (n === 0 || n >= fewEvents) return null;
    few++;
    return `fill="url(#${name}-hatch)"`;
  });
  // A dark line on a light one: seen on every colour of the map.
  const hatch =
    `<defs><pattern id="${name}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
    '<rect width="1.2" height="6" fill="#fff"/><rect x="1.2" width="1.2" height="6" fill="#222"/></pattern></defs>';
  const bar = colourBar(816, 64, 420, { title: what, domain }, (t) => `fill="${colour(t)}"`, 48);
  const known = errors.filter((error, i) => error !== null && plane.n[i]! >= fewEvents).map(Number);
  known.sort((a, b) => a - b);
  const accuracy =
    known.length === 0
      ? ''
      : ` Standard errors of the other cells: median ${formatPlain(known[known.length >> 1]!, 2)}, largest ${formatPlain(known.at(-1)!, 2)}.`;
  const inside = plane.n.reduce((a, b) => a + b, 0);
  const key =
    `<rect x="92" y="536" width="24" height="12" fill="url(#${name}-hatch)" stroke="currentColor"/>` +
    `<text x="124" y="546" text-anchor="start">fewer than ${fewEvents} events</text>`;
  const title = `${what[0]!.toUpperCase()}${what.slice(1)} over ${plane.x.title} and ${plane.y.title}`;
  const description =
    `${title}, in each cell. Hatched: ${formatCount(few)} cells with fewer than ${fewEvents} events, which do not set the colour scale; ` +
    `blank: no event.${accuracy} ${formatCount(inside)} events inside the frame, ${formatCount(plane.outside)} outside.${xs.remark || ys.remark}`;
  return sheet(report, {
    name,
    title,
    description,
    n: inside + plane.outside,
    height: 564,
    parts: [hatch, painted, hatched, frame.svg, bar, key],
  });
}

/** Mean |δ| (sequential colours) and mean δ (diverging, centred on 0) over the first two context variables. */
export function heat(report: Report): Figure[] {
  const plane = report.distributions.responsePlane;
  if (!plane) return [];
  return [
    heatMap(report, plane, 'heat_mean_absolute', 'mean |δ|', plane.meanAbsolute, plane.meanAbsoluteError, false),
    heatMap(report, plane, 'heat_mean', 'mean δ', plane.mean, plane.meanError, true),
  ];
}
