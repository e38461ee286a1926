import { exactSums, settleSums, WIDTH, type ExactSums } from './exact_sum.js';
import type { HistogramState } from './histogram.js';
import type { MomentsState } from './moments.js';
import type { Tally } from './tally.js';

/** Adds blocks of `block` slots: group g of the result is the union of the groups h with `into[h] === g`. */
function regroupCounts(from: Float64Array, block: number, into: readonly number[], groups: number): Float64Array {
  const out = new Float64Array(groups * block);
  into.forEach((g, h) => {
    for (let i = 0; i < block; i++) out[g * block + i]! += from[h * block + i]!;
  });
  return out;
}

function regroupSums(from: ExactSums, block: number, into: readonly number[], groups: number): ExactSums {
  if (from.pending > 0) settleSums(from);
  const out = exactSums(groups * block, from.ladder);
  const limbs = regroupCounts(from.limbs, block * WIDTH[from.ladder], into, groups);
  out.limbs.set(limbs);
  settleSums(out);
  return out;
}

/** The tally of the unions, exactly as if it had been filled so. */
export function regroupTally(from: Tally, block: number, into: readonly number[], groups: number): Tally {
  return {
    n: regroupCounts(from.n, block, into, groups),
    w: from.w && regroupSums(from.w, block, into, groups),
    w2: from.w2 && regroupSums(from.w2, block, into, groups),
  };
}

export function regroupHistogram(from: HistogramState, into: readonly number[], groups: number): HistogramState {
  return { ...regroupTally(from, from.n.length / from.groups, into, groups), bins: from.bins, groups };
}

export function regroupMoments(from: MomentsState, into: readonly number[], groups: number): MomentsState {
  return { ...regroupTally(from, 1, into, groups), sums: regroupSums(from.sums, 3, into, groups) };
}

/** For the union of all groups. */
export const intoOne = (groups: number): number[] => Array<number>(groups).fill(0);

/** The histogram of all groups together. */
export const unionOf = (hist: HistogramState): HistogramState => regroupHistogram(hist, intoOne(hist.groups), 1);
