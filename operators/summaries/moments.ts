import { addNarrow, addWide, exactSums, mergeSums, reserve, settleSums, WIDTH, type ExactSums } from './exact_sum.js';
import type { Rows, Summary } from './summary.js';
import { fillTally, mergeTally, settleTally, slotColumn, tally, type Tally } from './tally.js';

export interface MomentsConfig {
  readonly groups: number;
  readonly weighted: boolean;
  /** True where |x| may exceed 2^25 (its square 2^51), see exact_sum.ts. Weighted moments are always wide. */
  readonly wide: boolean;
}

/** By group: the tally of events and, at 3g, 3g + 1, 3g + 2: Σwx, Σwx², Σw|x|. */
export interface MomentsState extends Tally {
  readonly sums: ExactSums;
}

/** Sums of x, x² and |x| by group, from which mean, mean |x|, variance and their errors follow. Column: x, finite. */
export const moments: Summary<MomentsConfig, MomentsState> = {
  name: 'moments',
  columns: 1,
  create: ({ groups, weighted, wide }) => ({
    ...tally(groups, weighted),
    sums: exactSums(3 * groups, weighted || wide ? 'wide' : 'narrow'),
  }),
  fill(state: MomentsState, { length, columns, group, weight }: Rows) {
    const slots = slotColumn(length);
    for (let i = 0; i < length; i++) slots[i] = group === null ? 0 : group[i]!;
    fillTally(state, slots, length, weight);
    fillPowers(state.sums, slots, columns[0]!, length, weight?.w ?? null);
  },
  merge(into, from) {
    mergeTally(into, from);
    mergeSums(into.sums, from.sums);
  },
  settle(state) {
    settleTally(state);
    settleSums(state.sums);
  },
};

/** Adds x, x², |x| (times w) to the sums 3s, 3s + 1, 3s + 2 of each row's slot s. */
export function fillPowers(
  sums: ExactSums,
  slots: Int32Array,
  x: Float64Array,
  length: number,
  w: Float64Array | null,
): void {
  reserve(sums, length);
  const { limbs } = sums;
  const stride = 3 * WIDTH[sums.ladder];
  if (sums.ladder === 'narrow') {
    for (let i = 0; i < length; i++) {
      const at = slots[i]! * stride;
      const xi = x[i]!;
      addNarrow(limbs, at, xi);
      addNarrow(limbs, at + 3, xi * xi);
      addNarrow(limbs, at + 6, Math.abs(xi));
    }
    return;
  }
  for (let i = 0; i < length; i++) {
    const at = slots[i]! * stride;
    const xi = x[i]!;
    const wi = w === null ? 1 : w[i]!;
    addWide(limbs, at, wi * xi);
    addWide(limbs, at + 6, wi * (xi * xi));
    addWide(limbs, at + 12, wi * Math.abs(xi));
  }
}
