import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hatSums, sumVector } from '../../../operators/summaries/hat_sums.js';
import { filled } from './rows.js';

it('hat sums are X’ v of the dense rows, by group', () => {
  const unit = fc.integer({ min: 0, max: 64 }).map((i) => i / 64);
  const index = fc.integer({ min: 0, max: 4 });
  const event = fc.record({
    index: fc.tuple(index, index),
    value: fc.tuple(unit, unit),
    v: fc.integer({ min: -1000, max: 1000 }).map((i) => i / 16),
    group: fc.integer({ min: 0, max: 2 }),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const columns = [
        ...[0, 1].map((t) => events.map((e) => e.index[t]!)),
        ...[0, 1].map((t) => events.map((e) => e.value[t]!)),
        events.map(({ v }) => v),
      ];
      const config = { size: 5, terms: 2, groups: 3 };
      const state = filled(hatSums, config, { columns, group: events.map(({ group }) => group) });
      for (const group of [0, 1, 2]) {
        const dense = Array<number>(5).fill(0);
        for (const { index: at, value, v } of events.filter((e) => e.group === group)) {
          at.forEach((a, t) => (dense[a]! += value[t]! * v));
        }
        // Multiples of 2^-10: exact.
        expect([...sumVector(state, group)]).toEqual(dense);
      }
    }),
    { numRuns: 300 },
  );
});

it('hat sums of other shapes with as many sums are not merged', () => {
  const [a, b] = [hatSums.create({ size: 2, terms: 1, groups: 3 }), hatSums.create({ size: 3, terms: 1, groups: 2 })];
  expect(() => {
    hatSums.merge(a, b);
  }).toThrow('different configurations');
});
