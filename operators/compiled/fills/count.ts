import type { CountConfig } from '../../summaries/count.js';
import type { Tally } from '../../summaries/tally.js';
import { number } from '../lanes.js';
import type { Fill } from './fill.js';
import { takeTally, tallyParts } from './tally.js';

export const countFill: Fill<CountConfig, Tally> = {
  lay(p, { groups }, { group, weight }) {
    p.effects.push({ kind: 'add', rows: groups, slot: group ?? number(p, 0), parts: tallyParts(p, weight) });
  },
  take: takeTally,
};
