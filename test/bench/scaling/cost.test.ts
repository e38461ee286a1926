import { expect, test } from 'vitest';
import { eventFit, withError } from '../../../bench/scaling/cost.js';
import { decades } from '../../../bench/scaling/scaling.js';

test('a number with two digits of its error, or alone', () => {
  expect([withError(1.2345, 0.01234), withError(2, NaN)]).toEqual(['1.23 ± 0.012', '2']);
});

test('fixed cost and cost of an event', () => {
  const events = [1e5, 1e6, 1e7];
  const seconds = events.map((n) => 0.01 + 100e-9 * n);
  expect(eventFit(events, seconds)).toMatch(/^time ∝ events\^\(0\.8\d* ± .*\); 10 ± .* ms and 100 ± .* ns an event$/);
});

test('numbers of events in steps of about √10', () => {
  expect(decades(1e7)).toEqual([1e5, 3e5, 1e6, 3e6, 1e7]);
  expect(decades(5e5)).toEqual([1e5, 3e5]);
});
