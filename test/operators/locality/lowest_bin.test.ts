import { expect, it } from 'vitest';
import { lowestBin } from '../../../operators/locality/lowest_bin.js';
import { profileOf } from './toys.js';

const of = (value: number[], error = 0.1): ReturnType<typeof lowestBin> =>
  lowestBin(
    profileOf(
      value,
      value.map(() => error),
      value.map(() => 100),
    ),
    1,
    0.5,
  );

it('is the lowest of the unbroken run of bins beyond tolerance at the top', () => {
  expect(of([1, 3, 1, 2, 3, 4])).toEqual({ from: 3 });
  expect(of([1, 1, 1, -2, -3])).toEqual({ from: 3 });
  expect(of([2, 3])).toEqual({ from: 0 });
});

it('ends where the side changes', () => {
  expect(of([-3, 3, 3])).toEqual({ from: 1 });
});

it('wants 1.645 errors beyond tolerance', () => {
  expect(of([1, 1.664, 3])).toEqual({ from: 2 });
  expect(of([1, 1.665, 3])).toEqual({ from: 1 });
});

it('says why there is none', () => {
  expect(of([3, 3, 1.6])).toEqual({
    reason: 'the last H_T bin, from 2 on, is 0.600 ± 0.10 off the baseline: not beyond 0.5 at 95 %',
  });
});
