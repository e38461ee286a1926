import { expect, test } from 'vitest';
import { rateOf, remember, type Reading } from '../../../runtime/watch/rate.js';

test('events a second over the last ten seconds', () => {
  let readings: Reading[] = [];
  expect(rateOf(readings)).toBeNull();
  // 100 a second for 20 s, then 400.
  for (let s = 0; s <= 20; s++) readings = remember(readings, { at: 1000 * s, read: 100 * s });
  expect(rateOf(readings)).toBe(100);
  for (let s = 21; s <= 25; s++) readings = remember(readings, { at: 1000 * s, read: 2000 + 400 * (s - 20) });
  expect(rateOf(readings)).toBe((5 * 100 + 5 * 400) / 10);
  expect(readings).toHaveLength(11);
});

test('is not known before a second, and never negative', () => {
  expect(rateOf(remember([{ at: 0, read: 5 }], { at: 900, read: 50 }))).toBeNull();
  expect(rateOf(remember([{ at: 0, read: 50 }], { at: 2000, read: 0 }))).toBe(0);
});
