import { wrongSample } from '../problem.js';
import {
  addNarrow,
  addNarrowAndAbsolute,
  addWide,
  addWideAndAbsolute,
  exactSums,
  mergeSums,
  reserve,
  settleSums,
  WIDTH,
  type ExactSums,
} from './exact_sum.js';
import type { Rows, Summary } from './summary.js';
import { fillTally, mergeTally, settleTally, slotColumn, tally, type Tally } from './tally.js';

export interface MomentsConfig {
  readonly groups: number;
  readonly weighted: boolean;
  /** True where |x| may exceed 2^25 (its square 2^50), see exact_sum.ts. Weighted moments are always wide. */
  readonly wide: boolean;
}

/** By group: the tally of events and, at 3g, 3g + 1, 3g + 2: Σwx, Σwx², Σw|x|. */
export interface MomentsState extends Tally {
  readonly sums: ExactSums;
}

/** Sums of x, x² and |x| by group, from which mean, mean |x|, variance and their errors follow. Column: x, finite. */
export const moments: Summary<MomentsConfig, MomentsState> = {
  name: 'moments',
  columns: () => 1,
  create: ({ groups, weighted, wide }) => ({
    ...tally(groups, weighted),
    sums: exactSums(3 * groups, weighted || wide ? 'wide' : 'narrow'),
  }),
  fill(state: MomentsState, { length, columns, group, weight }: Rows) {
    const slots = slotColumn(length);
    for (let i = 0; i < length; i++) slots[i] = group === null ? 0 : group[i]!;
    fillTally(state, slots, length, weight);
    fillPowers(state.sums, slots, columns[0]!, length, state.w && weight && weight.w);
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

/** Terms of one sign, and of either sign, must not be larger in exact sums (exact_sum.ts). */
export const MAX_TERM = { counted: 2 ** 83, weighted: 2 ** 63 };

/** Adds x, x², |x| (times w) to the sums 3s, 3s + 1, 3s + 2 of each row's slot s. Throws where |w| x² is too large. */
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
      addNarrowAndAbsolute(limbs, at, at + 6, xi);
      addNarrow(limbs, at + 3, xi * xi);
    }
    return;
  }
  const most = w === null ? MAX_TERM.counted : MAX_TERM.weighted;
  for (let i = 0; i < length; i++) {
    const at = slots[i]! * stride;
    const xi = x[i]!;
    const wi = w === null ? 1 : w[i]!;
    const square = wi * (xi * xi);
    if (!(Math.abs(square) <= most)) throw tooLarge(xi, wi, most);
    addWide(limbs, at + 6, square);
    if (w === null) addWideAndAbsolute(limbs, at, at + 12, xi);
    else {
      addWide(limbs, at, wi * xi);
      addWide(limbs, at + 12, wi * Math.abs(xi));
    }
  }
}

const tooLarge = (x: number, w: number, most: number): Error =>
  wrongSample(
    `moments: value ${x} with weight ${w} is too large for exact sums (weight × value² beyond 2^${Math.log2(most)}); ` +
      'narrow the valid range of the column or use a larger unit',
  );
