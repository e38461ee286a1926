import { expect, it } from 'vitest';
import { share } from '../../../operators/probes/share.js';
import { reference } from '../response/reference.js';

it.each(reference.wilson)('has the interval of scipy.stats.binomtest for $k of $n', ({ k, n, low, high }) => {
  const found = share(k, n);
  expect(found).toMatchObject({ k, n, value: k / n });
  expect(found.low).toBeCloseTo(low, 13);
  expect(found.high).toBeCloseTo(high, 13);
});

it('has no value without events', () => {
  expect(share(0, 0)).toEqual({ k: 0, n: 0, value: null, low: 0, high: 1 });
});
