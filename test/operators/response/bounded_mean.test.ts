import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedMean } from '../../../operators/response/bounded_mean.js';
import { mean } from '../../../operators/response/mean.js';
import { momentsOf, normals, reference } from './reference.js';

describe('the mean of a winsorised response', () => {
  it('is the mean with its error, where values differ, and unknown where that is', () => {
    for (const values of [reference.x, [0.1, 0.2], [0.25], []]) {
      expect(boundedMean(momentsOf(values), 0, 1)).toEqual(mean(momentsOf(values), 0));
    }
    expect(boundedMean(momentsOf([]), 0, 1)).toEqual({ value: null, error: null, reason: 'no events' });
    expect(boundedMean(momentsOf([0.05]), 0, 1)).toEqual({ value: 0.05, error: null });
  });

  it('of equal values has the upper end of the Wilson interval of 0 of n as its error, in units of the range', () => {
    for (const n of [2, 3, 50, 2000]) {
      const { value, error } = boundedMean(momentsOf(Array<number>(n).fill(-0.05)), 0, 0.1);
      expect(value).toBeCloseTo(-0.05, 14);
      expect(error! / (0.1 / (n + 1))).toBeCloseTo(1, 12);
    }
    // With weights n is the effective number: of equal ones their number.
    expect(boundedMean(momentsOf([0.2, 0.2, 0.2], [2, 2, 2]), 0, 1).error).toBeCloseTo(0.25, 12);
    // SciPy's interval (test/fixtures/response/reference.py).
    for (const { n, high } of reference.wilson.filter(({ k, n: of }) => k === 0 && of > 1)) {
      expect(boundedMean(momentsOf(Array<number>(n).fill(1)), 0, 1).error).toBeCloseTo(high, 6);
    }
  });

  it('has no error where the bounds are not apart', () => {
    expect(boundedMean(momentsOf([0.1, 0.1]), 0, 0)).toEqual({ value: expect.closeTo(0.1, 15) as number, error: null });
  });

  it('is never known to error 0, wherever the response lies', () => {
    const bounded = fc.record({
      shift: fc.double({ min: -9, max: 9, noNaN: true }),
      n: fc.integer({ min: 2, max: 40 }),
      stream: fc.nat(100),
    });
    fc.assert(
      fc.property(bounded, ({ shift, n, stream }) => {
        const values = normals(n, stream).map((z) => Math.min(2.5, Math.max(-2.5, z + shift)));
        const { value, error } = boundedMean(momentsOf(values), 0, 5);
        expect(error).toBeGreaterThan(0);
        expect(Math.abs(value!)).toBeLessThanOrEqual(2.5 + 1e-12);
      }),
    );
  });

  it('covers what the bounds leave of a response that is nearly gone: at least 68 % of 500 samples of 100 events', () => {
    // Of a Gaussian 2.3 below its upper bound's mirror: P(inside) = 1 % at the lower bound −2.5, mean excess 0.0034.
    const shift = -2.5 - 2.3263;
    const excess = Math.exp(-(2.3263 ** 2) / 2) / Math.sqrt(2 * Math.PI) - 2.3263 * 0.01;
    let [covered, empty] = [0, 0];
    for (let sample = 0; sample < 500; sample++) {
      const values = normals(100, sample).map((z) => Math.min(2.5, Math.max(-2.5, z + shift)));
      const { value, error } = boundedMean(momentsOf(values), 0, 5);
      if (!values.every((x) => x === -2.5)) continue;
      empty++;
      if (Math.abs(value! - (-2.5 + excess)) < error!) covered++;
    }
    expect(empty).toBeGreaterThan(100);
    expect(covered).toBe(empty);
  });
});
