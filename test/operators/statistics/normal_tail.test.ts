import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  logTail,
  logTwoSided,
  normalDensity,
  sigmaOf,
  tail,
  twoSided,
} from '../../../operators/statistics/normal_tail.js';
import { near, reference } from './reference.js';

it.each(reference.normal)('logTail has 12 digits at $z', ({ z, log }) => {
  // Below z = −37.5 the value is subnormal.
  if (z >= -37.5) near(logTail(z), log, 1e-12);
  else expect(Math.abs(logTail(z) - log)).toBeLessThan(1e-306);
});

it.each(reference.sigma)('the two-sided p-value of $z sigma, and back', ({ z, log }) => {
  if (z >= 1e-6) near(logTwoSided(z), log, 1e-9);
  expect(sigmaOf(log)).toBeCloseTo(z, 9);
  near(twoSided(z), Math.exp(log), 1e-12);
});

it('sigmaOf undoes logTwoSided, down to ln p = −5,000 and far beyond', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e5, noNaN: true }), (z) => {
      expect(Math.abs(sigmaOf(logTwoSided(z)) - z)).toBeLessThan(1e-9 * Math.max(1, z));
    }),
  );
  expect(logTwoSided(sigmaOf(-5000))).toBeCloseTo(-5000, 8);
});

it('falls, and both tails make 1', () => {
  fc.assert(
    fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (z) => {
      expect(tail(z) + tail(-z)).toBeCloseTo(1, 14);
      expect(logTail(z + 1e-3)).toBeLessThan(logTail(z));
    }),
  );
});

it('knows the ends', () => {
  expect([logTail(-Infinity), logTail(Infinity), logTail(NaN)]).toEqual([0, -Infinity, NaN]);
  expect([sigmaOf(0), sigmaOf(-Infinity), sigmaOf(NaN), sigmaOf(1)]).toEqual([0, Infinity, NaN, NaN]);
  expect([twoSided(0), logTwoSided(0), twoSided(40)]).toEqual([1, 0, 0]);
  expect(normalDensity(0)).toBeCloseTo(0.3989422804014327, 15);
});
