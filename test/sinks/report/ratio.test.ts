import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ratio, ratios, shapeRatios } from '../../../sinks/report/ratio.js';

const series = (sum: number[], errors: number[], underflow = 0, overflow = 0) => ({
  name: 'reco',
  regime: 'all' as const,
  n: 0,
  sum,
  errors,
  underflow,
  underflowError: 0,
  overflowError: 0,
  overflow,
});

test('the error of a ratio of independent counts is the closed form', () => {
  // 90 / 120 with Poisson errors: 0.75 √(1/90 + 1/120).
  const of = ratio(90, Math.sqrt(90), 120, Math.sqrt(120))!;
  expect(of.value).toBe(0.75);
  expect(of.error).toBeCloseTo(0.75 * Math.sqrt(1 / 90 + 1 / 120), 14);
});

test('the error of a part over its whole is binomial', () => {
  // k of n events: √(p (1 − p) / n), as the covariance of part and whole is the variance of the part.
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 1000 }), (k, rest) => {
      const n = k + rest;
      const p = k / n;
      const of = ratio(k, Math.sqrt(k), n, Math.sqrt(n), k)!;
      expect(of.error).toBeCloseTo(Math.sqrt((p * (1 - p)) / n), 6);
    }),
  );
});

test('there is no ratio to or of nothing', () => {
  expect(ratio(0, 0, 5, 1)).toBeNull();
  expect(ratio(5, 1, 0, 0)).toBeNull();
  expect(ratios(series([4, 0], [2, 0]), series([8, 3], [1, 1]))).toEqual([
    { value: 0.5, error: 0.5 * Math.sqrt(0.25 + 1 / 64) },
    null,
  ]);
});

test('shapes are compared at unit area, flow bins included', () => {
  const all = series([10, 30], [Math.sqrt(10), Math.sqrt(30)], 50, 10);
  const part = series([2, 3], [Math.sqrt(2), Math.sqrt(3)], 5, 0);
  // (2/10) / (10/100) = 2, and (3/10) / (30/100) = 1.
  const [first, second] = shapeRatios(part, all);
  expect(first!.value).toBeCloseTo(2, 14);
  expect(second!.value).toBeCloseTo(1, 14);
  // Binomial: k = 3 of n = 30, scaled by 100 / 10.
  expect(second!.error).toBeCloseTo(10 * Math.sqrt((0.1 * 0.9) / 30), 14);
  for (const one of shapeRatios(all, all)) {
    expect(one!.value).toBe(1);
    expect(one!.error).toBeLessThan(1e-7);
  }
});
