import { describe, expect, it } from 'vitest';
import { calinskiHarabasz } from '../../../operators/regimes/calinski_harabasz.js';
import { kmeans } from '../../../operators/regimes/kmeans.js';
import { reference, weightedPoints } from './reference.js';

describe.each(reference)('Calinski–Harabasz index of $name', ({ points, weights, fits }) => {
  const total = kmeans(weightedPoints(points, weights), { count: 1, seed: 1, restarts: 1 }).inertia;
  const events = weights.reduce((a, b) => a + b, 0);

  it.each(fits)(
    'equals sklearn.metrics.calinski_harabasz_score: $count',
    ({ count, inertia, calinskiHarabasz: score }) => {
      expect(calinskiHarabasz(total, inertia, count, events) / score).toBeCloseTo(1, 8);
    },
  );
});

it('is NaN for one cluster or as many as events, infinite for clusters without spread', () => {
  expect(calinskiHarabasz(4, 4, 1, 10)).toBeNaN();
  expect(calinskiHarabasz(4, 0, 3, 3)).toBeNaN();
  expect(calinskiHarabasz(4, 0, 2, 10)).toBe(Infinity);
  // T = 10, W = 2, k = 3, n = 9: (8 / 2) / (2 / 6).
  expect(calinskiHarabasz(10, 2, 3, 9)).toBeCloseTo(12, 14);
});
