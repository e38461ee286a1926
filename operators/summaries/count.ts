import type { Rows, Summary } from './summary.js';
import { fillTally, mergeTally, settleTally, slotColumn, tally, type Tally } from './tally.js';

export interface CountConfig {
  readonly groups: number;
  readonly weighted: boolean;
}

/** Number of events by group; with weights also Σw and Σw², from which the effective number is (Σw)²/Σw². */
export const count: Summary<CountConfig, Tally> = {
  name: 'count',
  columns: () => 0,
  create: ({ groups, weighted }) => tally(groups, weighted),
  fill(state: Tally, { length, group, weight }: Rows) {
    const slots = slotColumn(length);
    for (let i = 0; i < length; i++) slots[i] = group === null ? 0 : group[i]!;
    fillTally(state, slots, length, weight);
  },
  merge: mergeTally,
  settle: settleTally,
};
