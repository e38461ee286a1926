import type { Estimate } from '../response/estimate.js';
import { intoOne, regroupTally } from '../summaries/regroup.js';
import type { Rows, Summary } from '../summaries/summary.js';
import { fillTally, mergeTally, settleTally, slotColumn, tally, type Tally } from '../summaries/tally.js';
import { pairedDifference, significance } from './mcnemar.js';
import { share, type Share } from './share.js';

export interface FoolingConfig {
  /** Number of regimes. */
  readonly groups: number;
}

/** Regime g has its counts at g · OUTCOMES + outcome. */
export interface FoolingState extends Tally {
  readonly groups: number;
}

/** What became of an event. Of one that was right before: + 1 if the attack fooled it, + 2 if the control did. */
const OUTCOME = { right: 0, wrong: 4, unanswered: 5, skipped: 6 } as const;
const OUTCOMES = 7;

/**
 * Events by regime and by what became of them. Columns: the margin (Objective.margin) before, after the attack and after
 * the control, and whether the event was skipped (not 0: chosen, but not probed; its margins are not looked at). A
 * margin below 0 is a wrong answer. In this order: skipped, unanswered (one of the margins is NaN), wrong before, and
 * of those right before fooled by both, one or neither. The group is the regime.
 */
export const fooling: Summary<FoolingConfig, FoolingState> = {
  name: 'fooling',
  columns: () => 4,
  create: ({ groups }) => ({ ...tally(groups * OUTCOMES, false), groups }),
  fill(state: FoolingState, { length, columns, group }: Rows) {
    const [before, attacked, control, skipped] = columns as [Float64Array, Float64Array, Float64Array, Float64Array];
    const slots = slotColumn(length);
    for (let i = 0; i < length; i++) {
      const [was, after, random] = [before[i]!, attacked[i]!, control[i]!];
      const unanswered = was !== was || after !== after || random !== random;
      const outcome =
        skipped[i] !== 0
          ? OUTCOME.skipped
          : unanswered
            ? OUTCOME.unanswered
            : was < 0
              ? OUTCOME.wrong
              : OUTCOME.right + (after < 0 ? 1 : 0) + (random < 0 ? 2 : 0);
      slots[i] = (group === null ? 0 : group[i]!) * OUTCOMES + outcome;
    }
    fillTally(state, slots, length, null);
  },
  merge: mergeTally,
  settle: settleTally,
};

/** How often models are fooled in a regime. right, wrong, unanswered and skipped add up to the events chosen. */
export interface FoolingRow {
  readonly regime: number | 'all';
  readonly right: number;
  /** Of those right before; both: by attack and control. */
  readonly fooled: Share;
  readonly random: Share;
  readonly both: number;
  /** fooled − random of the same events, with its error, and how many standard deviations it is from 0. */
  readonly difference: Estimate;
  readonly significance: number;
  readonly wrong: number;
  readonly unanswered: number;
  readonly skipped: number;
}

/** 'all', the sum of the regimes, then each regime. */
export function foolingRows(state: FoolingState): FoolingRow[] {
  const all = regroupTally(state, OUTCOMES, intoOne(state.groups), 1);
  return [
    rowOf('all', all.n),
    ...Array.from({ length: state.groups }, (_, g) => rowOf(g, state.n.subarray(g * OUTCOMES, (g + 1) * OUTCOMES))),
  ];
}

function rowOf(regime: number | 'all', n: Float64Array): FoolingRow {
  const [neither, attack, control, both, wrong, unanswered, skipped] = n as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const right = neither + attack + control + both;
  return {
    regime,
    right,
    fooled: share(attack + both, right),
    random: share(control + both, right),
    both,
    difference: pairedDifference(attack, control, right),
    significance: significance(attack, control),
    wrong,
    unanswered,
    skipped,
  };
}
