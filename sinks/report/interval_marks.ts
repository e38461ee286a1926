import * as Plot from '@observablehq/plot';
import { beyond } from './error_bars.js';

/** A point whose interval need not be even. */
export interface IntervalPoint {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

export interface IntervalStyle {
  readonly name: string;
  readonly colour: string;
  readonly dash?: string;
  /** Hollow squares on a dashed line, as the control is drawn; else discs. */
  readonly open?: boolean;
  /** Joined by a line, in the order given. */
  readonly line?: boolean;
}

/** Points with intervals, which are cut at the edge of the panel; triangles for what lies beyond it. */
export function intervalMarks(
  points: readonly IntervalPoint[],
  { domain, log = false }: { readonly domain: readonly [number, number]; readonly log?: boolean },
  { name, colour, dash = '', open = false, line = false }: IntervalStyle,
): unknown[] {
  const [bottom, top] = domain;
  const inside = ({ y }: IntervalPoint) => y >= bottom && y <= top;
  const bars = points
    .map(({ x, low, high }) => ({ x, low: Math.max(low, bottom), high: Math.min(high, top) }))
    .filter(({ low, high }) => low < high);
  const path = points.map((point) => ({ x: point.x, y: inside(point) ? point.y : NaN }));
  return [
    line
      ? Plot.line(path, {
          ...{ x: 'x', y: 'y', stroke: colour, strokeWidth: 1.4, strokeOpacity: open ? 0.75 : 1 },
          strokeDasharray: open ? '4 3' : dash,
          ariaDescription: `line of ${name}`,
        })
      : null,
    Plot.ruleX(bars, {
      ...{ x: 'x', y1: 'low', y2: 'high', stroke: colour, strokeWidth: 1.4, ariaDescription: `errors of ${name}` },
    }),
    Plot.dot(points.filter(inside), {
      ...{ x: 'x', y: 'y', r: open ? 3.2 : 3, stroke: colour, fill: open ? 'none' : colour },
      symbol: open ? 'square' : 'circle',
      ariaDescription: `points of ${name}`,
    }),
    beyond(
      points.map(({ x, y }) => ({ x, y, error: 0 })),
      domain,
      colour,
      name,
      log,
    ),
  ];
}
