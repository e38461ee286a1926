import { expect, it } from 'vitest';
import { combine } from '../../../../../../sinks/page/client/figures/drawing/combine.js';

it('is the mean of all events: weights n, errors in quadrature', () => {
  const combined = combine([
    { n: 100, estimate: { value: 1, error: 0.2 } },
    { n: 300, estimate: { value: 2, error: 0.1 } },
  ]);
  expect(combined.n).toBe(400);
  expect(combined.value).toBeCloseTo((100 + 600) / 400, 12);
  expect(combined.error).toBeCloseTo(Math.sqrt((100 * 0.2) ** 2 + (300 * 0.1) ** 2) / 400, 12);
});

it('leaves out what is not known, and takes a lone event as spread like the others', () => {
  expect(combine([])).toEqual({ value: null, error: null, n: 0 });
  expect(
    combine([
      { n: 5, estimate: { value: null, error: null } },
      { n: 5, estimate: undefined },
    ]).n,
  ).toBe(0);
  const one = combine([
    { n: 1, estimate: { value: 3, error: null } },
    { n: 9, estimate: { value: 1, error: 0.3 } },
  ]);
  // 9 events of spread 0.9 tell the spread of all ten: 0.9 / √10.
  expect(one.value).toBeCloseTo(1.2, 12);
  expect(one.error).toBeCloseTo(0.9 / Math.sqrt(10), 12);
});
