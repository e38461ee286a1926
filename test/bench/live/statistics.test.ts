import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, quantile } from '../../../bench/live/statistics.js';

test('nearest rank: 30 % of 15, 20, 35, 40, 50 is 20', () => {
  const x = [35, 20, 15, 50, 40];
  expect([0.05, 0.3, 0.4, 0.5, 1].map((p) => quantile(x, p))).toEqual([15, 20, 20, 35, 50]);
  expect(median(x)).toBe(35);
  expect([median([]), quantile([], 0.5)]).toEqual([NaN, NaN]);
});

test('a quantile is a value that at least that share does not exceed, and no lower one is', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (x, p) => {
      const q = quantile(x, p);
      expect(x).toContain(q);
      expect(x.filter((value) => value <= q).length).toBeGreaterThanOrEqual(p * x.length);
      expect(x.filter((value) => value < q).length).toBeLessThan(p * x.length);
    }),
  );
});
