import type { Markish } from '@observablehq/plot';
import type { Canvas } from './canvas.js';
import type { Domain } from './panel.js';

export interface Point {
  readonly x: number;
  readonly y: number;
  /** Ends of the error bar; equal to y: none. */
  readonly low: number;
  readonly high: number;
  /** Shown when it is pointed at. */
  readonly words: string;
}

export interface PointStyle {
  readonly name: string;
  readonly colour: string;
  /** Squares without a filling; else discs. */
  readonly open?: boolean;
  readonly r?: number;
  readonly opacity?: number;
  readonly log?: boolean;
}

/**
 * Points with vertical error bars, which are cut at the edges of the panel; a value beyond them is a small triangle
 * just inside that points to where it lies.
 */
export function pointMarks(
  { plot }: Canvas,
  points: readonly Point[],
  [low, high]: Domain,
  { name, colour, open = false, r = open ? 3 : 2.8, opacity = 1, log = false }: PointStyle,
): Markish[] {
  const inside = ({ y }: Point) => y >= low && y <= high;
  const bars = points
    .map((point) => ({ x: point.x, low: Math.max(point.low, low), high: Math.min(point.high, high) }))
    .filter((bar) => bar.low < bar.high);
  const at = (t: number) => (log ? low * (high / low) ** t : low + t * (high - low));
  const common = { x: 'x', stroke: colour, strokeOpacity: opacity, title: 'words' } as const;
  return [
    plot.ruleX(bars, {
      ...{ x: 'x', y1: 'low', y2: 'high', stroke: colour, strokeOpacity: opacity, strokeWidth: 1.3 },
      ariaDescription: `errors of ${name}`,
    }),
    plot.dot(points.filter(inside), {
      ...{ ...common, y: 'y', r, symbol: open ? 'square' : 'circle', fillOpacity: opacity },
      ...(open ? { fill: 'none', pointerEvents: 'all' } : { fill: colour }),
      ariaDescription: `points of ${name}`,
    }),
    plot.dot(
      points.filter((point) => !inside(point)),
      {
        ...{ ...common, r: 3, symbol: 'triangle', fill: colour, fillOpacity: opacity },
        y: ({ y }: Point) => at(y < low ? 0.03 : 0.97),
        rotate: ({ y }: Point) => (y < low ? 180 : 0),
        ariaDescription: `beyond the panel, ${name}`,
      },
    ),
  ];
}
