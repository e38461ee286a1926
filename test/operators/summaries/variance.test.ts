import { expect, it } from 'vitest';
import { variance } from '../../../operators/summaries/variance.js';

it('is E[x²] − E[x]²', () => {
  // 1, 2, 4: mean 7/3, mean square 7.
  expect(variance(7, 7 / 3)).toBeCloseTo(14 / 9, 14);
  expect(variance(1, -2)).toBe(-3);
  expect(variance(NaN, 1)).toBeNaN();
});

it('is 0 for equal values, whatever their sums were rounded to', () => {
  for (const x of [0, 0.1, -0.3, 1e-9, 12345.678, 1 / 3, 1e15 + 1]) {
    for (const n of [1, 3, 7, 1000]) {
      const [mean, meanSquare] = [(x * n) / n, (x * x * n) / n];
      expect(variance(meanSquare, mean), `${n} × ${x}`).toBe(0);
    }
  }
  expect(variance(1 + 1e-12, 1)).toBeGreaterThan(0);
});
