import { expect, test } from 'vitest';
import { plain, regimesOf, regimeWords, shareHtml, shareWords } from '../../../sinks/probe_report/entries.js';
import { reportOf } from './reports.js';

const share = (k: number, n: number, value: number | null, low: number, high: number) => ({ k, n, value, low, high });

test('names in words, regimes with their labels', () => {
  const report = reportOf('classifier');
  expect(plain('projected_gradient')).toBe('projected gradient');
  expect(regimesOf(report)).toEqual(['all', 0, 1, 2, 3]);
  expect(regimeWords(report, 'all')).toBe('all');
  expect(regimeWords(report, 2)).toBe('2: high H_T');
  expect(regimeWords(report, 9)).toBe('9');
});

test('a share has its interval; none of n is 0 with its upper end, of nothing a dash', () => {
  // Wilson, z = 1: 1 of 4 is 0.25, centre 0.3, half width √0.05.
  expect(shareWords(share(1, 4, 0.25, 0.0764, 0.5236))).toBe('25 +27 −17 %');
  expect(shareWords(share(0, 3000, 0, 0, 1 / 3001))).toBe('0 +0.033 %');
  expect(shareWords(share(0, 0, null, 0, 1))).toBe('—');
});

test('counts stand behind a share, a reason behind none', () => {
  expect(shareHtml(share(1, 4, 0.25, 0.0764, 0.5236))).toContain('title="1 of 4"');
  expect(shareHtml(null)).toContain('no classifier was trained');
});
