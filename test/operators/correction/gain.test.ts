import { describe, expect, it } from 'vitest';
import { gains, sigmaOf } from '../../../operators/correction/gain.js';
import { plainCells, reference } from './toys.js';

describe('gain', () => {
  it.each(reference)(
    'equals mean and standard error (scipy.stats.sem) of the paired differences, case %#',
    (stored) => {
      const { all, regimes } = gains(
        plainCells(stored),
        0,
        Float64Array.from(stored.from),
        Float64Array.from(stored.to),
      );
      [all, ...regimes].forEach(({ n, value, error }, i) => {
        const expected = stored.gains[i]!;
        expect(n).toBe(expected.n);
        expect(value / expected.value).toBeCloseTo(1, 9);
        expect(error! / expected.error).toBeCloseTo(1, 9);
      });
    },
  );

  const point = (n: number[], sum: number[], sumOfSquares: number[]) =>
    plainCells({ points: [[-1], [1]], n, sum, sumOfSquares, regime: [0, 1] });

  it('is the squared bias that a perfect correction takes away, without error where there is no noise', () => {
    const cells = point([100, 50], [2, 0], [0.04, 0]);
    const { all, regimes } = gains(cells, 0, new Float64Array(2), Float64Array.of(0.02, 0));
    expect(regimes[0]).toEqual({ n: 100, value: 0.0004, error: 0 });
    expect(regimes[1]).toEqual({ n: 50, value: 0, error: 0 });
    expect(all.value).toBeCloseTo(0.0004 * (2 / 3), 15);
    expect(sigmaOf(regimes[0]!)).toBe(1000);
    expect(sigmaOf(regimes[1]!)).toBe(0);
  });

  it('is 0 without events, and has no error with one', () => {
    const { all, regimes } = gains(
      point([1, 0], [0.3, 0], [0.09, 0]),
      0,
      new Float64Array(2),
      Float64Array.of(0.1, 0.1),
    );
    expect(regimes).toEqual([
      { n: 1, value: expect.closeTo(0.05, 15) as number, error: null },
      { n: 0, value: 0, error: null },
    ]);
    expect(all.n).toBe(1);
    expect(sigmaOf(regimes[0]!)).toBe(0);
  });
});
