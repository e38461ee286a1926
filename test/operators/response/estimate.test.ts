import { expect, it } from 'vitest';
import { estimate, unknown } from '../../../operators/response/estimate.js';

it('has no error where it is not a number', () => {
  expect(estimate(1, 0.5)).toEqual({ value: 1, error: 0.5 });
  for (const error of [NaN, Infinity]) expect(estimate(1, error)).toEqual({ value: 1, error: null });
});

it('says why it is not known', () => {
  expect(unknown('no events')).toEqual({ value: null, error: null, reason: 'no events' });
});
