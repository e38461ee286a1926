import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OVER_TIME } from '../../../operators/alerts/over_time.js';

test('least, greatest, median', () => {
  // prometheus/promql/testdata/functions.test, 2.42: data 0 1 2 3 4 and its quantiles; of four the mean of the middle two.
  expect(OVER_TIME.median([0, 1, 2])).toBe(1);
  expect(OVER_TIME.median([0, 1, 2, 3])).toBe(1.5);
  expect(OVER_TIME.median([3, 0, 2, 1, 4])).toBe(2);
  expect(OVER_TIME.median([7])).toBe(7);
  expect(OVER_TIME.min([3, -1, 2])).toBe(-1);
  expect(OVER_TIME.max([3, -1, 2])).toBe(3);
});

test('NaN: the least of the median, else left out unless it is all', () => {
  expect(OVER_TIME.min([NaN, 2, 1])).toBe(1);
  expect(OVER_TIME.max([1, NaN, 2])).toBe(2);
  expect(OVER_TIME.median([2, NaN, 1])).toBe(1);
  for (const how of ['min', 'max', 'median'] as const) expect(OVER_TIME[how]([NaN])).toBeNaN();
});

test('the order of the values does not matter, and the median has as many below as above', () => {
  const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(values, fc.integer(), (all, seed) => {
      const turned = [...all.slice(Math.abs(seed) % all.length), ...all.slice(0, Math.abs(seed) % all.length)];
      for (const how of ['min', 'max', 'median'] as const) expect(OVER_TIME[how](turned)).toBe(OVER_TIME[how](all));
      const median = OVER_TIME.median(all);
      expect(all.filter((x) => x < median).length).toBeLessThanOrEqual(all.length / 2);
      expect(all.filter((x) => x > median).length).toBeLessThanOrEqual(all.length / 2);
    }),
  );
});
