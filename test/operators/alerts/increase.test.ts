import { expect, test } from 'vitest';
import { increaseOf } from '../../../operators/alerts/increase.js';

const points = (values: readonly number[], step = 60, from = 0) =>
  values.map((value, i) => ({ time: from + i * step, value }));

/** From Prometheus 2.42, promql/testdata/functions.test: `load 5m`, `0+10x10` and `0+10x5 0+10x5`, at 50m over 50m. */
test.each([
  [[0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 100],
  [[0, 10, 20, 30, 40, 50, 0, 10, 20, 30, 40], 90],
])('as in the tests of Prometheus: %j', (values, wanted) => {
  expect(increaseOf(points(values, 300), 3000, 3000)).toBeCloseTo(wanted, 9);
});

test('it is not extrapolated below 0', () => {
  expect(increaseOf(points([0, 240, 480], 300), 600, 600)).toBe(480);
  // The line through the points is 0 75 s before the first.
  expect(increaseOf(points([60, 300], 300, 60), 360, 1000)).toBeCloseTo((240 * 375) / 300, 12);
});

test('the ends of the range are reached if they are close, else half a distance is added', () => {
  // 10 a minute from 60 s to 180 s; the range is [30, 190]: both ends are within 1.1 distances.
  expect(increaseOf(points([1000, 1010, 1020], 60, 60), 190, 160)).toBeCloseTo((20 * 160) / 120, 12);
  // The range is [-600, 800]: both ends are far; half a distance each.
  expect(increaseOf(points([1000, 1010, 1020], 60, 60), 800, 1400)).toBeCloseTo((20 * 180) / 120, 12);
});

test('a counter that begins anew has gained what it had', () => {
  expect(increaseOf(points([5, 8, 2, 4]), 180, 180)).toBeCloseTo(3 + 2 + 2, 12);
});

test('fewer than two points in the range: not known', () => {
  expect(increaseOf([], 100, 50)).toBeNull();
  expect(increaseOf(points([1, 2, 3]), 130, 40)).toBeNull();
  // Both ends of the range belong to it.
  expect(increaseOf(points([1, 2, 3]), 120, 60)).toBe(1);
});
