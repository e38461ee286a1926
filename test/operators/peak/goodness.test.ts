import { expect, it } from 'vitest';
import { goodness } from '../../../operators/peak/goodness.js';
import { spectrumWith } from './reference.js';

it('is the sum of (n − μ)² / μ, by hand', () => {
  // μ = 20, 50, 30.
  const found = goodness(spectrumWith(0, 1, Float64Array.of(25, 45, 30)), Float64Array.of(0.2, 0.5, 0.3), 1);
  expect(found.chi2).toBeCloseTo(25 / 20 + 25 / 50, 13);
  expect(found.ndof).toBe(1);
});

it('joins bins until ten events are expected, what is left over with the last', () => {
  // μ = 4, 8, 24, 2, 2: joined to 12 and 24 + 4.
  const found = goodness(
    spectrumWith(0, 1, Float64Array.of(6, 8, 20, 4, 2)),
    Float64Array.of(0.1, 0.2, 0.6, 0.05, 0.05),
    0,
  );
  expect(found.chi2).toBeCloseTo(4 / 12 + 4 / 28, 13);
  expect(found.ndof).toBe(1);
});

it('does not change with a common factor of the weights', () => {
  const [w, shares] = [Float64Array.of(25, 45, 30), Float64Array.of(0.2, 0.5, 0.3)];
  const plain = spectrumWith(0, 1, w);
  const tripled = { ...plain, w: w.map((x) => 3 * x), w2: w.map((x) => 9 * x), sum: 300, squares: 900 };
  expect(goodness(tripled, shares, 0).chi2).toBeCloseTo(goodness(plain, shares, 0).chi2, 12);
});
