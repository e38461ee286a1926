import { expect, it } from 'vitest';
import { binShares } from '../../../operators/peak/bin_shares.js';
import { breitWignerIntegral } from '../../../operators/peak/breit_wigner.js';
import { NAMES } from '../../../operators/peak/parameters.js';
import { parameters } from './reference.js';

it.each([
  { width: 0.25, bins: 120 },
  { width: 1, bins: 30 },
])('are the integrals of the Breit–Wigner over bins of $width GeV', ({ width, bins }) => {
  const shares = binShares({ low: 75, width, bins }, parameters({}));
  for (let i = 0; i < bins; i++) {
    const exact = breitWignerIntegral(75 + i * width, 75 + (i + 1) * width) / breitWignerIntegral(75, 105);
    expect(Math.abs(shares[i]! / exact - 1)).toBeLessThan(1e-4);
  }
});

it('add up to 1, their derivatives to 0, and these are what differences show', () => {
  const axis = { low: 75, width: 0.5, bins: 60 };
  const values = { shift: 0.3, sigma: 2.2, alpha: 1.3, n: 2.5, alphaHigh: 1.7, nHigh: 4, fraction: 0.1, slope: 0.03 };
  const p = parameters(values);
  const shares = binShares(axis, p);
  const column = (k: number): Float64Array => shares.subarray(k * axis.bins, (k + 1) * axis.bins);
  expect(column(0).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 13);
  for (let k = 0; k < NAMES.length; k++) {
    expect(column(1 + k).reduce((a, b) => a + b, 0)).toBeCloseTo(0, 13);
    const [up, down] = [1e-5, -1e-5].map((h) => binShares(axis, p.with(k, p[k]! + h)));
    for (let i = 0; i < axis.bins; i++) expect(column(1 + k)[i]).toBeCloseTo((up![i]! - down![i]!) / 2e-5, 8);
  }
});

it('of a background alone fall exponentially', () => {
  const shares = binShares({ low: 80, width: 1, bins: 20 }, parameters({ sigma: 2, fraction: 1, slope: 0.1 }));
  for (let i = 1; i < 20; i++) expect(shares[i]! / shares[i - 1]!).toBeCloseTo(Math.exp(-0.1), 10);
});
