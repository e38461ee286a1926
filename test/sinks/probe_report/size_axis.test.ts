import { expect, test } from 'vitest';
import { sizeAxis } from '../../../sinks/probe_report/size_axis.js';

test('from 0, with the series a little apart around the size', () => {
  const { axis, at } = sizeAxis([0.5, 1, 2]);
  expect(axis.domain).toEqual([0, 2.16]);
  expect(axis.log).toBeUndefined();
  expect(at(1, 1, 3)).toBe(1);
  expect(at(1, 0, 3)).toBeCloseTo(1 - 2 * 0.008, 12);
  expect(at(1, 19, 20) - at(1, 0, 20)).toBeLessThan(0.04 * 2);
});

test('logarithmic over more than a factor of 30', () => {
  const { axis, at } = sizeAxis([0.01, 1]);
  expect(axis.log).toBe(true);
  expect(axis.domain[0]).toBeLessThan(0.01);
  expect(at(0.01, 1, 2) / 0.01).toBeCloseTo(at(1, 1, 2), 12);
});
