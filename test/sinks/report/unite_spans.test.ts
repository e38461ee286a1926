import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uniteSpans } from '../../../sinks/report/unite_spans.js';

test('what touches or overlaps becomes one', () => {
  const of = (...pairs: [number, number][]) => uniteSpans(pairs.map(([low, high]) => ({ low, high })));
  expect(of([4, 6], [0, 2], [1, 3], [6, 7])).toEqual([
    { low: 0, high: 3 },
    { low: 4, high: 7 },
  ]);
  expect(of([0, 9], [2, 3])).toEqual([{ low: 0, high: 9 }]);
  expect(of()).toEqual([]);
});

test('a point is in the union exactly if it is in one of the spans', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 6 }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), fc.integer({ min: 0, max: 26 }), (pairs, at) => {
      const spans = pairs.map(([low, length]) => ({ low, high: low + length }));
      const isIn = (all: typeof spans) => all.some(({ low, high }) => low <= at && at <= high);
      const joined = uniteSpans(spans);
      return isIn(spans) === isIn(joined) && joined.every(({ low }, i) => i === 0 || low > joined[i - 1]!.high);
    }),
  );
});
