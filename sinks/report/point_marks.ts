import * as Plot from '@observablehq/plot';
import { colourOf } from '../page/client/shared/colours.js';
import { beyond, errorBars, within, type Point } from './error_bars.js';

/** A point and, if they are given, the ends of the bin that it stands for. */
export interface MarkedPoint extends Point {
  readonly low?: number;
  readonly high?: number;
}

export interface PointStyle {
  readonly name: string;
  /** Open squares in the third colour; else discs in the first, with horizontal bars for the bins. */
  readonly open?: boolean;
  readonly r?: number;
}

/** Points with vertical bars for the errors; triangles for what lies beyond the panel. */
export function pointMarks(
  points: readonly MarkedPoint[],
  domain: readonly [number, number],
  { name, open = false, r = open ? 3.2 : 3 }: PointStyle,
): unknown[] {
  const stroke = colourOf(open ? 2 : 0);
  const inside = within(points, domain);
  const line = { stroke, strokeWidth: 1.4 };
  const bins = points.every(({ low }) => low !== undefined) && !open;
  return [
    errorBars(points, domain, { ...line, ariaDescription: `errors of ${name}` }),
    bins ? Plot.ruleY(inside, { x1: 'low', x2: 'high', y: 'y', ...line, ariaDescription: `bins of ${name}` }) : null,
    Plot.dot(inside, {
      x: 'x',
      y: 'y',
      r,
      stroke,
      fill: open ? 'none' : stroke,
      symbol: open ? 'square' : 'circle',
      ariaDescription: `points of ${name}`,
    }),
    beyond(points, domain, stroke, name),
  ];
}
