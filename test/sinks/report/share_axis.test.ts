import { expect, test } from 'vitest';
import { shareAxis } from '../../../sinks/report/share_axis.js';

const share = (value: number | null, low: number, high: number) => ({ k: 1, n: 100, value, low, high });

test('in per cent from 0', () => {
  expect(shareAxis([share(0.1, 0.08, 0.12), share(0.3, 0.25, 0.5)])).toEqual({ domain: [0, 54], log: false });
});

test('logarithmic over more than a factor of 20, whatever is 0', () => {
  const { domain, log } = shareAxis([share(0, 0, 0.001), share(0.002, 0.001, 0.003), share(0.4, 0.3, 0.5)]);
  expect(log).toBe(true);
  expect(domain[0]).toBeCloseTo(0.1, 12);
  expect(domain[1]).toBe(75);
});

test('never beyond 100 %, and all of it where nothing is known', () => {
  expect(shareAxis([share(0.99, 0.98, 1)]).domain).toEqual([0, 100]);
  expect(shareAxis([share(null, 0, 1)]).domain).toEqual([0, 100]);
});
