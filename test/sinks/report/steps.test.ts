import { expect, test } from 'vitest';
import { outline, valueAxis } from '../../../sinks/report/steps.js';

const series = (sum: number[], errors: number[], underflow = 0, overflow = 0) => [
  { name: 'reco', regime: 'all' as const, n: 0, sum, errors, underflow, underflowError: 0, overflow, overflowError: 0 },
];

test('an outline rises from the floor, follows the bins and comes down', () => {
  expect(outline([0, 1, 2], [3, 5], 0).map(({ x, y }) => [x, y])).toEqual([
    [0, 0],
    [0, 3],
    [1, 3],
    [1, 5],
    [2, 5],
    [2, 0],
  ]);
});

test('it does not run along the floor: the pen is lifted over empty bins', () => {
  expect(outline([0, 1, 2, 3, 4], [0, 5, 0, 2], 0).map(({ x, y }) => [x, y])).toEqual([
    [1, 0],
    [1, 5],
    [2, 5],
    [2, 0],
    [2, NaN],
    [3, 0],
    [3, 2],
    [4, 2],
    [4, 0],
  ]);
  expect(outline([0, 1], [0], 0)).toEqual([]);
});

test('below the floor is empty on a logarithmic axis, and drawn on a linear one', () => {
  expect(outline([0, 1], [-2], 0.5)).toEqual([]);
  expect(outline([0, 1], [-2], 0)).toHaveLength(4);
});

test('the axis is linear from 0, or logarithmic over more decades than asked', () => {
  expect(valueAxis(series([4, 100], [2, 10]), 3)).toEqual({ domain: [0, 110 * 1.06], log: false });
  expect(valueAxis(series([1, 0, 5000], [1, 0, 70]), 3)).toEqual({ domain: [0.5, 5070 * 1.6], log: true });
  expect(valueAxis(series([1, 1], [1, 1], 5000), 3).log).toBe(true);
});

test('negative sums of weights have room below 0, and nothing at all has an axis still', () => {
  expect(valueAxis(series([4, -1], [1, 1]), 3)).toEqual({ domain: [-2 * 1.06, 5 * 1.06], log: false });
  expect(valueAxis(series([0], [0]), 3)).toEqual({ domain: [0, 1.06], log: false });
});
