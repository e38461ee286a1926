import { describe, expect, test } from 'vitest';
import { correlationChange, moveCorrelation, newCorrelationSums } from '../../../operators/probes/correlation_sums.js';
import { trialSpace, tryCorrelation } from '../../../operators/probes/correlation_trial.js';

describe('correlation trial', () => {
  test('closed form: a square of four points, one of them moved', () => {
    const state = newCorrelationSums(Float64Array.of(1, 1, 1, -1, -1, 1, -1, -1), 2);
    expect(tryCorrelation(state, 0, [1], [-1], 1, trialSpace(2))).toBeCloseTo(Math.sqrt(1 / 3), 14);
    expect(correlationChange(state)).toBe(0);
  });

  test('one, some and all features: what the move then gives, and nothing has moved', () => {
    const d = 5;
    const state = newCorrelationSums(
      Float64Array.from({ length: 60 * d }, (_, at) => Math.sin(at * 1.7) + Math.cos(at)),
      d,
    );
    const space = trialSpace(d);
    const choices = [[3], [1, 4], [4, 0, 2], [0, 1, 2, 3, 4]];
    for (let t = 0; t < 200; t++) {
      const features = choices[t % 4]!;
      const z = features.map((j) => Math.sin(t * 3.1 + j));
      const before = structuredClone(state);
      const tried = tryCorrelation(state, t % 60, features, z, features.length, space);
      expect(state).toEqual(before);
      moveCorrelation(state, t % 60, features, z, features.length);
      expect(Math.abs(correlationChange(state) - tried)).toBeLessThan(1e-14);
    }
  });
});
