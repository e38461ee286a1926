import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endsOf, valueRange } from '../../../../../sinks/page/client/shared/value_range.js';

test('an estimate reaches from value − error to value + error; one without an error is a point', () => {
  expect(endsOf({ value: 2, error: 0.5 })).toEqual([1.5, 2.5]);
  expect(endsOf({ value: 2, error: null })).toEqual([2, 2]);
  expect(endsOf({ value: null, error: null })).toEqual([]);
});

test('the room around is 8 % of the length on either side, and never nothing', () => {
  const [low, high] = valueRange([0, -0.5, 0.5]);
  expect(low).toBeCloseTo(-0.58, 12);
  expect(high).toBeCloseTo(0.58, 12);
  expect(valueRange([0])).toEqual([-0.001, 0.001]);
  expect(valueRange([])).toEqual([-1, 1]);
});

test('all that is given lies strictly inside', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), (ends) => {
      const [low, high] = valueRange(ends);
      return ends.every((end) => low < end && end < high);
    }),
  );
});
