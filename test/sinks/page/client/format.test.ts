import { expect, test } from 'vitest';
import { countText, csvText, durationText, estimateText, numberText } from '../../../../sinks/page/client/format.js';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test.each([
  [{ value: -0.01234, error: 0.00103 }, '%', '−1.23 ± 0.10 %'],
  [{ value: 0.00001, error: 0.000291 }, '%', '0.001 ± 0.029 %'],
  [{ value: 0.5, error: 0.2 }, '', '0.50 ± 0.20'],
  [{ value: 1234.5, error: 56 }, 'GeV', '1235 ± 56 GeV'],
  [{ value: 0.02, error: null }, '%', '2.00 %'],
  [{ value: null, error: null }, '%', '–'],
  [{ value: 0, error: 0 }, '', '0.00 ± 0.00'],
  [undefined, '', '–'],
] as const)('%j in %s', (estimate, unit, words) => {
  expect(plain(estimateText(estimate, unit))).toBe(words);
});

test('counts, ratios, numbers and durations', () => {
  expect([0, 999, 1000, 1234567].map(countText)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([12, 0.123456, -91.18764, 1.5e-7, null, NaN].map(numberText)).toEqual([
    '12',
    '0.1235',
    '−91.19',
    '1.500e−7',
    '–',
    '–',
  ]);
  expect([5, 150, 7200, 260_000].map((seconds) => plain(durationText(seconds)))).toEqual([
    '5 s',
    '3 min',
    '2.0 h',
    '3.0 days',
  ]);
});

test('CSV: columns of all rows, quotes where they must be, and no formula', () => {
  const rows = [
    { δ: 0.5, name: 'a "b", c' },
    { δ: null, name: '=1+1', more: -3 },
  ];
  expect(csvText(rows)).toBe('δ,name,more\r\n0.5,"a ""b"", c",\r\n,\'=1+1,-3\r\n');
  expect(csvText([])).toBe('\r\n');
});
