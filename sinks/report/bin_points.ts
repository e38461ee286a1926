import * as Plot from '@observablehq/plot';
import type { Estimate } from '../../schemas/report.js';
import type { ContextBin, ContextRow } from './context_bins.js';
import { colourOf } from './colours.js';
import { beyond, errorBars, within } from './error_bars.js';

interface PointStyle {
  readonly name: string;
  /** Open squares in the third colour, a little to the right of the middle of the bin; else discs in the first. */
  readonly open?: boolean;
}

/** Estimates as points, a vertical bar for the error and a horizontal one for the bin; triangles beyond the panel. */
export function binPoints(
  bins: readonly ContextBin[],
  pick: (row: ContextRow) => Estimate,
  domain: readonly [number, number],
  { name, open = false }: PointStyle,
): unknown[] {
  const stroke = colourOf(open ? 2 : 0);
  const points = bins.flatMap(({ low, high, row }) => {
    const { value, error } = pick(row);
    if (value === null) return [];
    return [{ low, high, x: (low + high) / 2 + (open ? 0.12 * (high - low) : 0), y: value, error: error ?? 0 }];
  });
  const line = { stroke, strokeWidth: 1.4 };
  const inside = within(points, domain);
  return [
    errorBars(points, domain, { ...line, ariaDescription: `errors of ${name}` }),
    open ? null : Plot.ruleY(inside, { x1: 'low', x2: 'high', y: 'y', ...line, ariaDescription: `bins of ${name}` }),
    Plot.dot(inside, {
      x: 'x',
      y: 'y',
      r: open ? 3.2 : 3,
      stroke,
      fill: open ? 'none' : stroke,
      symbol: open ? 'square' : 'circle',
      ariaDescription: `points of ${name}`,
    }),
    beyond(points, domain, stroke, name),
  ];
}
