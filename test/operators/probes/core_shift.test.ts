import { expect, it } from 'vitest';
import { coreShift } from '../../../operators/probes/core_shift.js';
import { merit } from './merit.js';

const { before, after, nominal, shift } = merit.core;
const columns = [before, after, before].map((x) => Float64Array.from(x));

it('has the means and errors of NumPy over the core', () => {
  const [found, all] = coreShift(columns, new Uint16Array(before.length), 1);
  expect(found!.nominal.value).toBeCloseTo(nominal.value, 14);
  expect(found!.nominal.error).toBeCloseTo(nominal.error, 14);
  expect(found!.shift.value).toBeCloseTo(shift.value, 14);
  expect(found!.shift.error).toBeCloseTo(shift.error, 14);
  expect(found!.random).toEqual({ value: 0, error: 0 });
  expect(all).toEqual(found);
});

it('has a core of each regime, and is unknown without events', () => {
  const far = columns.map((x) => Float64Array.of(...x, ...x.map((value) => 5 + 10 * value)));
  const group = Uint16Array.from(far[0]!, (_, i) => (i < before.length ? 0 : 2));
  const [first, second, third] = coreShift(far, group, 3);
  expect(first!.nominal.value).toBeCloseTo(nominal.value, 14);
  expect(third!.nominal.value).toBeCloseTo(5 + 10 * nominal.value, 12);
  expect(third!.shift.error).toBeCloseTo(10 * shift.error, 12);
  expect(second!.shift).toEqual({ value: null, error: null, reason: 'no events' });
});

it('has no error of one event', () => {
  const one = [0.1, 0.2, 0.3].map((x) => Float64Array.of(x));
  const [found] = coreShift(one, Uint16Array.of(0), 1);
  expect(found!.shift).toEqual({ value: 0.1, error: null });
});
