import type { ExactSums } from '../../summaries/exact_sum.js';
import type { MomentsConfig, MomentsState } from '../../summaries/moments.js';
import type { Tally } from '../../summaries/tally.js';
import { number, type Lane, type Program } from '../lanes.js';
import type { Added } from '../run.js';
import type { Fill, WeightLane } from './fill.js';
import { layPowers, signedRow, takePowers } from './powers.js';
import { partsOf, takeTally, tallyParts } from './tally.js';
import type { WeightLimbs } from './weight_limbs.js';

/** 1, what the tally adds, what the powers add. */
export function laySums(
  p: Program,
  slots: number,
  slot: Lane,
  x: Lane,
  { weight, wide }: { readonly weight: WeightLane | null; readonly wide: boolean },
): void {
  const counted = weight === null ? [number(p, 1)] : tallyParts(p, weight);
  const parts = [...counted, ...layPowers(p, x, weight && weight.lane, wide || weight !== null)];
  p.effects.push({ kind: 'add', rows: 2 * slots, slot: signedRow(p, slot, x), parts });
}

/** Adds the rows of `laySums`. */
export function takeSums(state: Tally, sums: ExactSums, added: Added, limbs: WeightLimbs): void {
  takeTally(state, added, limbs, 2);
  takePowers(sums, added, state.w === null ? 1 : partsOf(limbs));
}

export const momentsFill: Fill<MomentsConfig, MomentsState> = {
  lay(p, { groups, wide }, { columns, group, weight }) {
    laySums(p, groups, group ?? number(p, 0), columns[0]!, { weight, wide });
  },
  take(state, added, limbs) {
    takeSums(state, state.sums, added, limbs);
  },
};
