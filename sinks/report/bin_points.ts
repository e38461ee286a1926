import type { Estimate } from '../../schemas/report.js';
import type { PlacedBin } from './context_bins.js';
import { pointMarks, type PointStyle } from './point_marks.js';

/** Estimates at the middle of their bins, as `pointMarks`; open squares stand a little to the right of it. */
export function binPoints<Row>(
  bins: readonly PlacedBin<Row>[],
  pick: (row: Row) => Estimate,
  domain: readonly [number, number],
  style: PointStyle,
): unknown[] {
  const points = bins.flatMap(({ low, high, row }) => {
    const { value, error } = pick(row);
    if (value === null) return [];
    const x = (low + high) / 2 + (style.open ? 0.12 * (high - low) : 0);
    return [{ low, high, x, y: value, error: error ?? 0 }];
  });
  return pointMarks(points, domain, style);
}
