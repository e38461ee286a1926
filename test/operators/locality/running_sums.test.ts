import { expect, it } from 'vitest';
import { firstAbove, sumsFrom } from '../../../operators/locality/running_sums.js';

it('firstAbove finds the first larger entry', () => {
  const t = Float64Array.of(0, 1, 1, 3);
  expect([-1, 0, 0.5, 1, 2, 3, Infinity].map((each) => firstAbove(t, each))).toEqual([0, 1, 1, 3, 3, 4, 4]);
  expect(firstAbove(Int32Array.of(0, 1, 1, 3), 1)).toBe(3);
});

it('sumsFrom sums from each entry to the end', () => {
  expect([...sumsFrom(Float64Array.of(1, 2, 4))]).toEqual([7, 6, 4, 0]);
});
