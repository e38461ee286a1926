import { describe, expect, it } from 'vitest';
import { mean, meanAbsolute } from '../../../operators/response/mean.js';
import { momentsOf, normals, reference } from './reference.js';

const { x, w } = reference;

describe('mean', () => {
  it.each([
    ['counted', undefined],
    ['weighted', w],
  ] as const)('and its error equal NumPy, %s', (kind, weight) => {
    const state = momentsOf(x, weight);
    for (const [found, expected] of [
      [mean(state, 0), reference.mean[kind]],
      [meanAbsolute(state, 0), reference.meanAbsolute[kind]],
    ] as const) {
      expect(found.value! / expected.value).toBeCloseTo(1, 11);
      expect(found.error! / expected.error).toBeCloseTo(1, 11);
    }
  });

  it('has an error that covers the truth 68 % of the time: 200 samples of 500 events', () => {
    let covered = 0;
    for (let sample = 0; sample < 200; sample++) {
      const { value, error } = mean(momentsOf(normals(500, sample).map((z) => 0.02 + 0.1 * z)), 0);
      if (Math.abs(value! - 0.02) < error!) covered++;
    }
    expect(covered / 200).toBeGreaterThan(0.6);
    expect(covered / 200).toBeLessThan(0.76);
  });

  it('covers as often with weights of either sign', () => {
    let covered = 0;
    for (let sample = 0; sample < 1000; sample++) {
      const z = normals(1000, 1000 + sample);
      const weight = z.slice(500).map((u) => (u > 1.3 ? -0.5 : 1 + u * u));
      const { value, error } = mean(momentsOf(z.slice(0, 500), weight), 0);
      if (Math.abs(value!) < error!) covered++;
    }
    expect(covered / 1000).toBeGreaterThan(0.64);
    expect(covered / 1000).toBeLessThan(0.73);
  });

  it('of |x| is 0.798 σ for an unbiased Gaussian', () => {
    const { value, error } = meanAbsolute(momentsOf(normals(20_000, 0)), 0);
    expect(Math.abs(value! - Math.sqrt(2 / Math.PI))).toBeLessThan(4 * error!);
  });

  it('is unknown without events or weight, and has no error for one event', () => {
    expect(mean(momentsOf([]), 0)).toEqual({ value: null, error: null, reason: 'no events' });
    expect(mean(momentsOf([1, 2], [1, -1]), 0)).toEqual({ value: null, error: null, reason: 'weights add up to 0' });
    expect(mean(momentsOf([0.25]), 0)).toEqual({ value: 0.25, error: null });
    expect(meanAbsolute(momentsOf([-0.25], [3]), 0)).toEqual({ value: 0.25, error: null });
  });

  it('has the error 0 for equal values, and none if negative weights make the variance negative', () => {
    expect(mean(momentsOf([0.1, 0.1, 0.1]), 0)).toEqual({ value: expect.closeTo(0.1, 15) as number, error: 0 });
    expect(mean(momentsOf([0, 1, 2], [1, -1.5, 1]), 0).error).toBeNull();
  });
});
