import { expect, test } from 'vitest';
import { digits, inverse, ratiosOf, shown, spreadOf } from '../../bench/spread.js';

test('median, lowest and highest; NaN of none', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
  expect(spreadOf([])).toEqual({ median: NaN, low: NaN, high: NaN });
});

test('ratios are those of pairs, and the other way round lowest and highest change places', () => {
  const ratios = ratiosOf([2, 9, 4], [1, 3, 1]);
  expect(ratios).toEqual({ median: 3, low: 2, high: 4 });
  expect(inverse(ratios)).toEqual({ median: 1 / 3, low: 1 / 4, high: 1 / 2 });
});

test('three digits, and the range where there is one', () => {
  expect([0.012345, 1.2345, 12.345, 999.9, 12_345_678].map(digits)).toEqual([
    '0.0123',
    '1.23',
    '12.3',
    '1,000',
    '12,300,000',
  ]);
  expect(shown({ median: 1.234, low: 1, high: 2 })).toBe('1.23 (1–2)');
  expect(shown({ median: 5, low: 5, high: 5 })).toBe('5');
});
