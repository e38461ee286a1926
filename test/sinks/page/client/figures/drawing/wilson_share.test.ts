import { expect, it } from 'vitest';
import { wilsonShare } from '../../../../../../sinks/page/client/figures/drawing/wilson_share.js';

// R. G. Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3: 95 % intervals.
it.each([
  { k: 81, n: 263, low: 0.2553, high: 0.3662 },
  { k: 15, n: 148, low: 0.0624, high: 0.1605 },
  { k: 0, n: 20, low: 0, high: 0.1611 },
  { k: 1, n: 29, low: 0.0061, high: 0.1718 },
])('is as published for $k of $n', ({ k, n, low, high }) => {
  const found = wilsonShare(k, n, 1.959964)!;
  expect(found.value).toBe(k / n);
  expect(found.low).toBeCloseTo(low, 4);
  expect(found.high).toBeCloseTo(high, 4);
});

it('holds its value at 0 and 1, and is nothing without events', () => {
  expect(wilsonShare(7, 7)).toMatchObject({ value: 1, high: 1 });
  expect(wilsonShare(7, 7)!.low).toBeLessThan(1);
  expect(wilsonShare(0, 0)).toBeNull();
});
