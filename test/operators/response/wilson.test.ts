import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wilson } from '../../../operators/response/wilson.js';
import { reference } from './reference.js';

it.each(reference.wilson)('equals scipy.stats.binomtest for $k of $n', ({ k, n, low, high }) => {
  const found = wilson(k / n, n);
  expect(found.low).toBeCloseTo(low, 13);
  expect(found.high).toBeCloseTo(high, 13);
});

it('holds p, lies in [0, 1] and widens with z', () => {
  const p = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(p, fc.double({ min: 0.01, max: 1e12, noNaN: true }), (p, n) => {
      const [one, two] = [wilson(p, n), wilson(p, n, 2)];
      expect(one.low <= p && p <= one.high && one.low >= 0 && one.high <= 1).toBe(true);
      expect(two.low <= one.low + 1e-15 && two.high >= one.high - 1e-15).toBe(true);
    }),
  );
});

it('is [0, 1] for no events', () => {
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
});
