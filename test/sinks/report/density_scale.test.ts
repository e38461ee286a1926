import { expect, test } from 'vitest';
import { densityScale } from '../../../sinks/report/density_scale.js';

test('one event is at the bottom, the fullest cell at the top', () => {
  const { level, axis } = densityScale([0, 1, 10000]);
  expect([1, 10, 100, 10000].map(level)).toEqual([0, 0.25, 0.5, 1]);
  expect(axis).toEqual({ title: 'Events / cell', domain: [1, 10000], log: true });
});

test('the scale goes at least to ten, so that hardly filled planes are not all alike', () => {
  expect(densityScale([0, 1]).axis.domain).toEqual([1, 10]);
  expect(densityScale([]).axis.domain).toEqual([1, 10]);
});
