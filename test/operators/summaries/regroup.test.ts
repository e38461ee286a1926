import fc from 'fast-check';
import { expect, it } from 'vitest';
import { histogram, type Bins } from '../../../operators/summaries/histogram.js';
import { moments } from '../../../operators/summaries/moments.js';
import { count } from '../../../operators/summaries/count.js';
import { regroupHistogram, regroupMoments, regroupTally } from '../../../operators/summaries/regroup.js';
import { reference } from './reference.js';
import { filled } from './rows.js';

const { x, w } = reference;

it('equals filling by the unions of the groups, bit for bit', () => {
  const groups = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: x.length, maxLength: x.length });
  const unions = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 });
  const bins: Bins = [8, -2, 2];
  fc.assert(
    fc.property(groups, unions, fc.boolean(), (group, into, weighted) => {
      const table = { columns: [x], group, weight: weighted ? w : undefined };
      const joined = { ...table, group: group.map((g) => into[g]!) };
      const [five, three] = [5, 3].map((groups) => ({ groups, weighted, bins, wide: false })) as [
        { groups: number; weighted: boolean; bins: Bins; wide: boolean },
        { groups: number; weighted: boolean; bins: Bins; wide: boolean },
      ];
      expect(regroupTally(filled(count, five, table), 1, into, 3)).toEqual(filled(count, three, joined));
      expect(regroupHistogram(filled(histogram, five, table), into, 3)).toEqual(filled(histogram, three, joined));
      expect(regroupMoments(filled(moments, five, table), into, 3)).toEqual(filled(moments, three, joined));
    }),
    { numRuns: 20 },
  );
});
