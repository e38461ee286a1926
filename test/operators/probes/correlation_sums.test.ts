import { describe, expect, test } from 'vitest';
import { correlationChange, moveCorrelation, newCorrelationSums } from '../../../operators/probes/correlation_sums.js';
import { problemOf } from '../../support/problem_of.js';

describe('correlation sums', () => {
  test('closed form: a square of four points, one of them moved', () => {
    // x = ±1, y = ±1, independent; (1, 1) becomes (1, −1): covariance −½, variance of y ¾: r = −½ / √¾ = −1/√3.
    const state = newCorrelationSums(Float64Array.of(1, 1, 1, -1, -1, 1, -1, -1), 2);
    expect(state.nominal[1]).toBe(0);
    moveCorrelation(state, 0, [1], [-1], 1);
    expect(correlationChange(state)).toBeCloseTo(Math.sqrt(2 / 3 / 2), 14);
    moveCorrelation(state, 0, [1], [1], 1);
    expect(correlationChange(state)).toBe(0);
  });

  test('values that no double holds exactly: sums come back to the bit, in any order', () => {
    const z = Float64Array.from({ length: 300 }, (_, at) => Math.sin(at * 7.3) * (at % 11 === 0 ? 300 : 1));
    const state = newCorrelationSums(z.slice(), 3);
    const { coarse, fine } = structuredClone(state);
    for (let i = 0; i < 100; i++) moveCorrelation(state, i, [2, 0], [i / 7, -i / 3], 2);
    expect(correlationChange(state)).toBeGreaterThan(0.1);
    for (let i = 99; i >= 0; i--) moveCorrelation(state, i, [0, 2], [z[3 * i]!, z[3 * i + 2]!], 2);
    expect(state.coarse).toEqual(coarse);
    expect(state.fine).toEqual(fine);
    expect(correlationChange(state)).toBe(0);
  });

  test('beyond what is exact: one clear line', async () => {
    const state = newCorrelationSums(new Float64Array(20), 2);
    const far = 2 ** 15;
    const all = await problemOf(() => {
      for (let i = 0; i < 10; i++) moveCorrelation(state, i, [0], [far], 1);
    });
    expect(all.message).toBe(
      'correlation: values of feature 0 are too many widths from the nominal ones for exact sums',
    );
  });
});
