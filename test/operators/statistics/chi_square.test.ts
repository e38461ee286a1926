import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chiSquareTail, logChiSquareTail } from '../../../operators/statistics/chi_square.js';
import { logTwoSided } from '../../../operators/statistics/normal_tail.js';
import { near, reference } from './reference.js';

it.each(reference.chiSquare)('ln of the tail of $x for $dof degrees of freedom', ({ x, dof, log }) => {
  near(logChiSquareTail(x, dof), log, 1e-11);
});

it('is e^(−x/2) for two degrees of freedom and a two-sided normal tail for one', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e5, noNaN: true }), (x) => {
      near(logChiSquareTail(x, 2), -x / 2, 1e-11);
      near(logChiSquareTail(x, 1), logTwoSided(Math.sqrt(x)), 1e-11);
    }),
  );
});

it('knows the ends', () => {
  expect([logChiSquareTail(0, 3), logChiSquareTail(-1, 3), logChiSquareTail(Infinity, 3)]).toEqual([0, 0, -Infinity]);
  expect([logChiSquareTail(NaN, 3), logChiSquareTail(1, 0), logChiSquareTail(1, NaN)]).toEqual([NaN, NaN, NaN]);
  expect([chiSquareTail(0, 4), chiSquareTail(1e5, 4)]).toEqual([1, 0]);
});
