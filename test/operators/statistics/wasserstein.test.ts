import { expect, it } from 'vitest';
import { wasserstein } from '../../../operators/statistics/wasserstein.js';
import { binned, near, reference } from './reference.js';
import { EDGES, meanAndSpread, steep, toy } from './toys.js';

it.each(reference.samples)('equals the integral over a fine grid (NumPy) for $name', (sample) => {
  near(wasserstein(...binned(sample), sample.edges)!.distance, sample.wasserstein, 1e-5);
});

it('is the shift of a spectrum by whole bins', () => {
  const edges = [0, 1, 2, 3, 4, 5];
  const at = (bin: number): { w: number[]; w2: null } => ({
    w: [0, 0, 0, 0, 0, 0, 0].fill(100, bin, bin + 1),
    w2: null,
  });
  expect(wasserstein(at(2), at(4), edges)!.distance).toBeCloseTo(2, 12);
});

it.each([
  ['counts', undefined],
  ['steep weights', steep],
] as const)('has the mean, spread and p-values stated without change: %s', (_, weight) => {
  const toys = 300;
  const found = Array.from({ length: toys }, (_, i) =>
    wasserstein(toy(2 * i, 3000, EDGES, weight), toy(2 * i + 1, 1500, EDGES, weight), EDGES)!,
  );
  const { mean, spread } = meanAndSpread(found.map(({ distance }) => distance));
  const expected = meanAndSpread(found.map(({ expected }) => expected)).mean;
  const stated = meanAndSpread(found.map(({ spread }) => spread)).mean;
  expect(Math.abs(mean / expected - 1)).toBeLessThan(0.12);
  expect(Math.abs(spread / stated - 1)).toBeLessThan(0.2);
  const low = found.filter(({ logP }) => logP < Math.log(0.05)).length / toys;
  expect(low).toBeGreaterThan(0.02);
  expect(low).toBeLessThan(0.09);
});

it('gives nothing for an empty sample', () => {
  expect(wasserstein({ w: [0, 0, 0], w2: null }, { w: [1, 1, 1], w2: null }, [0, 1])).toBeNull();
});
