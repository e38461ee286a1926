import fc from 'fast-check';
import { expect, test } from 'vitest';
import { costFit, lineFit, powerFit } from '../../bench/fit.js';

test('the first quartet of Anscombe (The American Statistician 27 (1973) 17): line and standard errors as printed there', () => {
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  const { intercept, slope, interceptError, slopeError } = lineFit(x, y);
  expect(intercept).toBeCloseTo(3.0001, 4);
  expect(slope).toBeCloseTo(0.5001, 4);
  expect(interceptError).toBeCloseTo(1.1247, 4);
  expect(slopeError).toBeCloseTo(0.1179, 4);
});

test('a weight of 2 is the point twice, for the line', () => {
  const weighted = lineFit([0, 1, 3], [1, 0, 5], [1, 2, 1]);
  const twice = lineFit([0, 1, 1, 3], [1, 0, 0, 5]);
  expect([weighted.slope, weighted.intercept]).toEqual([twice.slope, twice.intercept]);
});

test('exact laws are found, whatever they are', () => {
  const number = fc.double({ min: 0.1, max: 10, noNaN: true });
  fc.assert(
    fc.property(number, number, (a, b) => {
      const x = [1, 3, 10, 30, 100];
      const power = powerFit(
        x,
        x.map((each) => a * each ** b),
      );
      expect(power.slope).toBeCloseTo(b, 9);
      expect(Math.exp(power.intercept)).toBeCloseTo(a, 9);
      const cost = costFit(
        x,
        x.map((each) => a + b * each),
      );
      expect([cost.intercept / a, cost.slope / b].map((each) => each.toFixed(6))).toEqual(['1.000000', '1.000000']);
    }),
  );
});

test('two points have no errors, one has no line', () => {
  expect(lineFit([0, 1], [1, 3])).toEqual({ intercept: 1, slope: 2, interceptError: NaN, slopeError: NaN });
  expect(lineFit([1], [1]).slope).toBeNaN();
  expect(lineFit([2, 2, 2], [1, 2, 3]).slope).toBeNaN();
});
