import { expect, it } from 'vitest';
import { log1p } from '../../../operators/statistics/log1p.js';
import { near } from './reference.js';

// The Taylor series to x³ is exact to 1e-16 for |x| ≤ 1e-5.
it.each([1e-300, -1e-300, 1e-17, -1e-12, 3e-9, -2e-7, 1e-5, -1e-5])('equals its series at %d', (x) => {
  near(log1p(x), x - (x * x) / 2 + (x * x * x) / 3, 4e-16);
});

it('is ln 2 at 1 and ln ½ at −½', () => {
  near(log1p(1), Math.LN2, 2e-16);
  near(log1p(-0.5), -Math.LN2, 2e-16);
});

it('knows the ends', () => {
  expect([log1p(-1), log1p(Infinity), log1p(-2), log1p(NaN), log1p(0)]).toEqual([-Infinity, Infinity, NaN, NaN, 0]);
});
