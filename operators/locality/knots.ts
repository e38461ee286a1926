import { cos } from '../expressions/math/sin_cos.js';
import { cellCentre } from '../summaries/cell_code.js';
import type { ContextCellsState } from '../summaries/context_cells.js';

const PI = 3.141592653589793;
/** Events between neighbouring knots, so that each hat has some. */
const LEAST_BETWEEN = 20;

/**
 * Knots of a feature: its quantiles at p_i = (1 − cos(π i / (count − 1))) / 2, which lie closer towards both ends,
 * where a response bends most and events are few. Knots with fewer than 20 entries between them are merged, the outer
 * ones stay. One value, or count 1: one knot. Empty: none.
 *
 * @param cells one-dimensional context cells of one group, settled; values are known to 2^-11 of themselves.
 * P. L. Chebyshev's extremal points, see L. N. Trefethen, "Approximation Theory and Approximation Practice" (2013).
 */
export function quantileKnots(cells: ContextCellsState, count: number): number[] {
  const centres = Array.from({ length: cells.size }, (_, cell) => ({
    x: cellCentre(cells.codes[cell]!, cells.shift),
    n: cells.n[cell]!,
  })).sort((a, b) => a.x - b.x);
  const total = centres.reduce((sum, { n }) => sum + n, 0);
  if (total === 0) return [];
  const last = centres.at(-1)!.x;
  const knots: number[] = [];
  let below = 0;
  let at = 0;
  let belowLast = -Infinity;
  for (let i = 0; i < count - 1; i++) {
    const wanted = (total * (1 - cos((PI * i) / (count - 1)))) / 2;
    while (at < centres.length - 1 && below + centres[at]!.n <= wanted) below += centres[at++]!.n;
    if (below - belowLast < LEAST_BETWEEN || (knots.length > 0 && total - below < LEAST_BETWEEN)) continue;
    knots.push(centres[at]!.x);
    belowLast = below;
  }
  if (knots.length === 0) return [centres[Math.floor(centres.length / 2)]!.x];
  if (last > knots.at(-1)!) knots.push(last);
  return knots;
}
