import { slotsOf, type Bins } from './histogram.js';
import type { Rows, Summary } from './summary.js';
import { fillTally, mergeTally, settleTally, slotColumn, tally, type Tally } from './tally.js';

export interface ZoomConfig {
  readonly bins: Bins;
  readonly groups: number;
  readonly weighted: boolean;
  /** Sub-bins that each chosen bin is cut into. */
  readonly parts: number;
  /** For group · slotsOf(bins) + slot of the coarse histogram: number of the zoomed bin, or −1. */
  readonly zoomed: Int32Array;
}

export interface ZoomState extends Tally {
  readonly bins: Bins;
  readonly parts: number;
  readonly zoomed: Int32Array;
}

/**
 * A second look at the few bins of a histogram that hold the order statistics wanted: each is cut into `parts`.
 * Zoomed bin z has its slots at 1 + z · parts; slot 0 counts all else, NaN included. Column: x.
 * Which bins are zoomed is a pure function of the merged coarse histogram (quantile.ts), so the laws hold.
 */
export const zoom: Summary<ZoomConfig, ZoomState> = {
  name: 'zoom',
  columns: () => 1,
  create({ bins, weighted, parts, zoomed }) {
    let count = 0;
    for (const z of zoomed) count = Math.max(count, z + 1);
    return { ...tally(1 + count * parts, weighted, false), bins, parts, zoomed };
  },
  fill(state: ZoomState, { length, columns, group, weight }: Rows) {
    const x = columns[0]!;
    const { parts, zoomed } = state;
    const [n, low, high] = state.bins;
    const scale = n / (high - low);
    const stride = slotsOf(state.bins);
    const slots = slotColumn(length);
    // Without weights the many rows in no zoomed bin are counted in a register: one slot for all would hold them up.
    const counted = state.w === null;
    let found = 0;
    for (let i = 0; i < length; i++) {
      const t = (x[i]! - low) * scale;
      let slot = 0;
      if (t >= 0 && t < n) {
        const bin = t | 0;
        const z = zoomed[(group === null ? 0 : group[i]! * stride) + bin + 1]!;
        if (z >= 0) slot = 1 + z * parts + Math.min(parts - 1, ((t - bin) * parts) | 0);
      }
      if (slot > 0 || !counted) slots[found++] = slot;
    }
    fillTally(state, slots, found, weight);
    if (counted) state.n[0]! += length - found;
  },
  merge: mergeTally,
  settle: settleTally,
};
