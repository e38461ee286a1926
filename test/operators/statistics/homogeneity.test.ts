import { expect, it } from 'vitest';
import { homogeneity } from '../../../operators/statistics/homogeneity.js';
import { binned, near, reference } from './reference.js';
import { EDGES, meanAndSpread, steep, toy } from './toys.js';

it('equals scipy.stats.chi2_contingency for counts', () => {
  const sample = reference.samples[0]!;
  const [a, b] = binned(sample);
  const counts = [
    { w: a.w, w2: null },
    { w: b.w, w2: null },
  ] as const;
  for (const [one, other] of [[a, b] as const, counts]) {
    const found = homogeneity(one, other)!;
    near(found.chi2, sample.chi2!, 1e-12);
    expect(found.dof).toBe(sample.dof);
    near(found.logP, sample.logP!, 1e-10);
  }
});

it('does not depend on the scale of the weights', () => {
  const [a, b] = binned(reference.samples[1]!);
  const scaled = { w: Array.from(a.w, (x) => 7 * x), w2: Array.from(a.w2!, (x) => 49 * x) };
  near(homogeneity(scaled, b)!.chi2, homogeneity(a, b)!.chi2, 1e-10);
});

// Weights that fall by a factor of a thousand from bin to bin: mean dof, spread √(2 dof).
it('has the law of χ² without change', () => {
  const [dof, toys] = [13, 400];
  const found = Array.from({ length: toys }, (_, i) => {
    const result = homogeneity(toy(2 * i, 4000, EDGES, steep), toy(2 * i + 1, 2000, EDGES, steep))!;
    expect(result.dof).toBe(dof);
    return result.chi2;
  });
  const { mean, spread } = meanAndSpread(found);
  expect(Math.abs(mean - dof)).toBeLessThan((4 * Math.sqrt(2 * dof)) / Math.sqrt(toys));
  expect(spread / Math.sqrt(2 * dof)).toBeGreaterThan(0.85);
  expect(spread / Math.sqrt(2 * dof)).toBeLessThan(1.15);
});

it('skips bins that are empty in both, and gives nothing where nothing can be said', () => {
  const counts = (w: number[]): { w: number[]; w2: null } => ({ w, w2: null });
  expect(homogeneity(counts([10, 0, 20]), counts([12, 0, 18]))!.dof).toBe(1);
  expect(homogeneity(counts([10, 0]), counts([12, 0]))).toBeNull();
  expect(homogeneity(counts([0, 0]), counts([1, 2]))).toBeNull();
  expect(homogeneity({ w: [5, -1], w2: [9, 9] }, counts([5, 1]))).toBeNull();
});
