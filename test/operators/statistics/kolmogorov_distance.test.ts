import { expect, it } from 'vitest';
import { kolmogorovDistance } from '../../../operators/statistics/kolmogorov_distance.js';
import { binned, near, reference } from './reference.js';

it.each(reference.samples)('equals NumPy and scipy.stats.kstwobign for $name', (sample) => {
  const found = kolmogorovDistance(...binned(sample))!;
  near(found.distance, sample.kolmogorov, 1e-12);
  near(found.logP, sample.kolmogorovLog, 1e-9);
});

it('is 0 with p = 1 for equal shapes, and nothing for an empty sample', () => {
  const some = { w: [1, 2, 3], w2: null };
  expect(kolmogorovDistance(some, some)).toEqual({ distance: 0, logP: 0 });
  expect(kolmogorovDistance(some, { w: [0, 0, 0], w2: null })).toBeNull();
});
