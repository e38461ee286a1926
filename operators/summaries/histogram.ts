import type { Rows, Summary } from './summary.js';
import { fillTally, mergeTally, settleTally, slotColumn, tally, type Tally } from './tally.js';

/** Equal bins: [number, low edge, high edge]. */
export type Bins = readonly [bins: number, low: number, high: number];

export interface HistogramConfig {
  readonly bins: Bins;
  readonly groups: number;
  readonly weighted: boolean;
}

/** Group g has its slots at g · (bins + 3): underflow, the bins, overflow, NaN. */
export interface HistogramState extends Tally {
  readonly bins: Bins;
  readonly groups: number;
}

/** Slots of one group of a histogram with this number of bins. */
export const slotsOf = (bins: Bins): number => bins[0] + 3;

/**
 * Slot of x: 0 underflow (x < low), 1 + i for bin i, bins + 1 overflow (x ≥ high), bins + 2 NaN.
 * i = floor((x − low) · (bins / (high − low))) in double arithmetic decides at the edges.
 */
export function slotOf(x: number, bins: Bins): number {
  const [n, low, high] = bins;
  const t = (x - low) * (n / (high - low));
  return t >= 0 ? (t < n ? Math.floor(t) + 1 : n + 1) : t < 0 ? 0 : n + 2;
}

/** Weighted histogram with flow bins, by group. Column: x. Entries are Σw with variance Σw². */
export const histogram: Summary<HistogramConfig, HistogramState> = {
  name: 'histogram',
  columns: () => 1,
  create: ({ bins, groups, weighted }) => ({ ...tally(groups * slotsOf(bins), weighted), bins, groups }),
  fill(state: HistogramState, { length, columns, group, weight }: Rows) {
    const x = columns[0]!;
    const [n, low, high] = state.bins;
    const scale = n / (high - low);
    const stride = slotsOf(state.bins);
    const slots = slotColumn(length);
    for (let i = 0; i < length; i++) {
      const t = (x[i]! - low) * scale;
      const slot = t >= 0 ? (t < n ? (t | 0) + 1 : n + 1) : t < 0 ? 0 : n + 2;
      slots[i] = group === null ? slot : group[i]! * stride + slot;
    }
    fillTally(state, slots, length, weight);
  },
  merge: mergeTally,
  settle: settleTally,
};
