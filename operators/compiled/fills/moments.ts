import type { MomentsConfig, MomentsState } from '../../summaries/moments.js';
import { number, type Lane, type Program } from '../lanes.js';
import type { Fill } from './fill.js';
import { layPowers, signedRow, takePowers } from './powers.js';
import { takeTally, tallyParts } from './tally.js';

/** 1, what the tally adds, what the powers add. */
export function laySums(
  p: Program,
  slots: number,
  slot: Lane,
  x: Lane,
  { weight, wide }: { readonly weight: Lane | null; readonly wide: boolean },
): void {
  const counted = weight === null ? [number(p, 1)] : tallyParts(p, weight);
  const parts = [...counted, ...layPowers(p, x, weight, wide || weight !== null)];
  p.effects.push({ kind: 'add', rows: 2 * slots, slot: signedRow(p, slot, x), parts });
}

/** Where the powers begin in a row. */
export const powersFrom = (weighted: boolean): number => (weighted ? 13 : 1);

export const momentsFill: Fill<MomentsConfig, MomentsState> = {
  lay(p, { groups, wide }, { columns, group, weight }) {
    laySums(p, groups, group ?? number(p, 0), columns[0]!, { weight, wide });
  },
  take(state, added) {
    takeTally(state, added, 2);
    takePowers(state.sums, added, powersFrom(state.w !== null));
  },
};
