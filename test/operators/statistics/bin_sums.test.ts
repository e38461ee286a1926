import fc from 'fast-check';
import { expect, it } from 'vitest';
import { effectiveEvents, joinedStarts, regrouped, total } from '../../../operators/statistics/bin_sums.js';

it('counts effective events', () => {
  expect(effectiveEvents({ w: [3, 4], w2: null })).toBe(7);
  expect(effectiveEvents({ w: [2, 2], w2: [4, 4] })).toBe(2);
  expect(effectiveEvents({ w: [0], w2: [0] })).toBe(0);
});

it('joins neighbours from the left until both have enough, the rest with the last', () => {
  const a = { w: [5, 5, 20, 1, 30, 2], w2: null };
  const b = { w: [50, 0, 9, 1, 9, 9], w2: null };
  expect(joinedStarts(a, b, 10)).toEqual([0, 2, 4]);
  expect([...regrouped(a.w, [0, 2, 4])]).toEqual([10, 21, 32]);
  expect(joinedStarts(a, b, 1000)).toEqual([0]);
});

it('keeps the sums, and every group has what was asked or is alone', () => {
  const counts = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 30 }), (pairs, least) => {
      const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
      const starts = joinedStarts({ w: a, w2: null }, { w: b, w2: null }, least);
      const [A, B] = [regrouped(a, starts), regrouped(b, starts)];
      expect([total(A), total(B)]).toEqual([total(a), total(b)]);
      if (starts.length > 1) expect(Math.min(...A, ...B)).toBeGreaterThanOrEqual(least);
    }),
  );
});
