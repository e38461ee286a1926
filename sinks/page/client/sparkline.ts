import { h, svg } from './dom.js';

export interface Spark {
  readonly x: number;
  readonly raw: number | null;
  readonly corrected: number | null;
}

const WIDTH = 200;
const HEIGHT = 44;

/** Points as an SVG path that is broken where nothing is known. */
function path(points: readonly (readonly [number, number | null])[]): string {
  let text = '';
  let pen = false;
  for (const [x, y] of points) {
    if (y !== null) text += `${pen ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = y !== null;
  }
  return text;
}

/**
 * A small line of a quantity over windows, in ratios, with 0 and ± `limit` marked: raw dashed where a corrected one is
 * drawn. The scale is never finer than twice the limit, so that noise looks like noise.
 */
export function sparkline(points: readonly Spark[], limit: number, colour: string, label: string): Element {
  const seen = points.flatMap(({ raw, corrected }) => [raw, corrected]).filter((v): v is number => v !== null);
  const top = Math.max(2 * limit, ...seen.map(Math.abs)) * 1.05;
  const first = points[0]?.x ?? 0;
  const span = Math.max(1, (points.at(-1)?.x ?? 0) - first);
  const x = (at: number): number => 2 + ((at - first) / span) * (WIDTH - 4);
  const y = (v: number): number => HEIGHT / 2 - (v / top) * (HEIGHT / 2);
  const line = (of: (point: Spark) => number | null): string =>
    path(points.map((point) => [x(point.x), of(point) === null ? null : y(of(point)!)]));
  const band = { x: 0, width: WIDTH, y: y(limit).toFixed(1), height: (y(-limit) - y(limit)).toFixed(1) };
  const differs = points.some(({ raw, corrected }) => corrected !== null && corrected !== raw);
  const common = { fill: 'none', stroke: colour, 'stroke-width': 1.6, 'vector-effect': 'non-scaling-stroke' };
  const picture = svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    svg('rect', { ...band, class: 'band' }),
    svg('path', { d: `M0 ${HEIGHT / 2}H${WIDTH}`, class: 'zero' }),
    svg('path', { ...common, d: line(({ raw }) => raw), 'stroke-dasharray': differs ? '3 3' : null }),
    differs ? svg('path', { ...common, d: line(({ corrected }) => corrected), 'stroke-width': 2.2 }) : null,
  );
  return h('div', { class: 'spark', 'data-opaque': `${points.length} ${points.at(-1)?.x ?? ''} ${colour}` }, picture);
}
