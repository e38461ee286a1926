import { expect, it } from 'vitest';
import { binShares } from '../../../operators/peak/bin_shares.js';
import { likelihood } from '../../../operators/peak/likelihood.js';
import { indexOf, internal } from '../../../operators/peak/parameters.js';
import { parameters, spectrumWith } from './reference.js';

const axis = { low: 75, width: 1, bins: 30 };
const truth = parameters({ shift: -0.4, sigma: 2, alpha: 1.4, n: 3 });
const free = ['shift', 'sigma', 'alpha', 'n'].map((name) => indexOf(name as 'shift'));
const a = truth.map((value, index) => (free.includes(index) ? internal(index, value) : NaN));
const expected = binShares(axis, truth)
  .slice(0, 30)
  .map((x) => 5000 * x);
const spectrum = spectrumWith(75, 1, expected);

it('has no gradient at the truth of an expected spectrum, where information and variance agree', () => {
  const found = likelihood(spectrum, truth, a, free);
  for (const by of found.gradient) expect(Math.abs(by)).toBeLessThan(1e-8);
  found.information.forEach((value, k) => {
    expect(found.variance[k]! / value).toBeCloseTo(1, 10);
  });
});

it('has the gradient that differences show, and the information as its slope at the truth', () => {
  const other = a.map((x) => x + 0.02);
  const found = likelihood(spectrum, truth, other, free);
  free.forEach((index, k) => {
    const [up, down] = [1e-5, -1e-5].map((h) =>
      likelihood(spectrum, truth, other.with(index, other[index]! + h), free),
    );
    expect(found.gradient[k]! / ((up!.log - down!.log) / 2e-5)).toBeCloseTo(1, 5);
    const [right, left] = [1e-4, -1e-4].map((h) => likelihood(spectrum, truth, a.with(index, a[index]! + h), free));
    const curvature = (left!.gradient[k]! - right!.gradient[k]!) / 2e-4;
    expect(likelihood(spectrum, truth, a, free).information[k * free.length + k]! / curvature).toBeCloseTo(1, 4);
  });
});
