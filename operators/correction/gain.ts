import { variance } from '../summaries/variance.js';
import type { RegimeCells } from './regime_cells.js';

/** Mean over n events of what a correction gains, with its standard error (null with fewer than 2 events). */
export interface Gain {
  readonly n: number;
  readonly value: number;
  readonly error: number | null;
}

/**
 * What the correction `to` gains over `from` (c by cell) on the events of a group: the mean of
 * d = (y − from)² − (y − to)², paired event by event, so that the resolution drops out but for its part in the error
 * s_d / √n. Its expectation is the mean over the events of b² before less b² after, b being the bias at the event's
 * context. Since d = 2ey + k in a cell (e = to − from, k = from² − to²), Σd and Σd² are exact functions of n, Σy, Σy².
 * By regime and for all; without events 0 with no error.
 */
export function gains(
  cells: RegimeCells,
  group: number,
  from: Float64Array,
  to: Float64Array,
): { readonly all: Gain; readonly regimes: readonly Gain[] } {
  const { groups, n, sum, sumOfSquares, regime, map } = cells;
  const count = map.centroids.length;
  // Row r: n, Σd, Σd²; the last row is for all.
  const totals = new Float64Array(3 * (count + 1));
  for (let cell = 0; cell < cells.cells; cell++) {
    const slot = cell * groups + group;
    const e = to[cell]! - from[cell]!;
    const k = from[cell]! * from[cell]! - to[cell]! * to[cell]!;
    const d = 2 * e * sum[slot]! + n[slot]! * k;
    const squares = 4 * e * e * sumOfSquares[slot]! + 4 * e * k * sum[slot]! + n[slot]! * (k * k);
    for (const row of [regime[cell]!, count]) {
      totals[3 * row]! += n[slot]!;
      totals[3 * row + 1]! += d;
      totals[3 * row + 2]! += squares;
    }
  }
  const gain = (row: number): Gain => {
    const events = totals[3 * row]!;
    if (events === 0) return { n: 0, value: 0, error: null };
    const value = totals[3 * row + 1]! / events;
    const spread = Math.max(0, variance(totals[3 * row + 2]! / events, value));
    return { n: events, value, error: events < 2 ? null : Math.sqrt(spread / (events - 1)) };
  };
  return { all: gain(count), regimes: map.centroids.map((_, r) => gain(r)) };
}

/** Where there is no noise at all. */
const MOST = 1000;

/** Gain in units of its error, within ±1000; 0 where the error is not known. */
export function sigmaOf({ value, error }: Gain): number {
  if (error === null || value === 0) return 0;
  return Math.min(MOST, Math.max(-MOST, value / error));
}
