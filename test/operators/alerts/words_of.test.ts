import { describe, expect, test } from 'vitest';
import type { Words } from '../../../operators/alerts/types.js';
import { wordsOf } from '../../../operators/alerts/words_of.js';

const words: Words = [
  'Regime ',
  { label: 'regime' },
  ' (',
  { metric: 'info', labels: {}, same: ['regime'], as: 'label', label: 'label' },
  '): ',
  { value: 'percent' },
  ' ± ',
  { metric: 'error', labels: { stage: 'raw' }, same: ['regime'], as: 'percent' },
];
const samples = [
  { name: 'info', labels: { regime: '0', label: 'low' }, value: 1 },
  { name: 'info', labels: { regime: '3', label: 'high' }, value: 1 },
  { name: 'error', labels: { regime: '3', stage: 'corrected' }, value: 0.5 },
  { name: 'error', labels: { regime: '3', stage: 'raw' }, value: 0.0003 },
];

test('labels, value and metrics of the same labels', () => {
  const alert = { labels: { regime: '3' }, value: -0.012345 };
  expect(wordsOf(words, alert, { time: 0, samples })).toBe('Regime 3 (high): -1.234% ± 0.03%');
});

test('what is not there is unknown, and a value of NaN is', () => {
  expect(wordsOf(words, { labels: { regime: '7' }, value: NaN }, { time: 0, samples })).toBe(
    'Regime 7 (unknown): unknown ± unknown',
  );
  expect(wordsOf([{ label: 'none' }, '.'], { labels: {}, value: 0 }, { time: 0, samples })).toBe('.');
});

describe('numbers with their errors', () => {
  const labels = { regime: '3' };
  const said = (parts: Words, values: Readonly<Record<string, number>>): string =>
    wordsOf(
      parts,
      { labels, value: 3 },
      { time: 0, samples: Object.entries(values).map(([name, value]) => ({ name, labels, value })) },
    );
  const same = { labels: {}, same: ['regime'] };

  test('a value and its error, to the digits of the error', () => {
    const estimate: Words = [{ estimate: ['core', 'error'], as: 'percent', ...same }];
    expect(said(estimate, { core: -0.035821, error: 0.002755 })).toBe('-3.58% ± 0.28%');
    expect(said(estimate, { core: -0.035821 })).toBe('-3.582% ± unknown');
    expect(said(estimate, { core: -0.035821, error: 0 })).toBe('-3.582% ± 0%');
    expect(said(estimate, { error: 0.002755 })).toBe('unknown');
    expect(said([{ estimate: ['core', 'error'], as: 'number', ...same }], { core: 91.2345, error: 0.0312 })).toBe(
      '91.234 ± 0.031',
    );
  });

  test('a value and its interval, to the digits of half of it', () => {
    const interval: Words = [{ interval: ['onset', 'low', 'high'], ...same }];
    expect(said(interval, { onset: 325.61, low: 301.23, high: 374.15 })).toBe('326 (301 to 374)');
    expect(said(interval, { onset: 2.534, low: 2.312, high: 2.771 })).toBe('2.53 (2.31 to 2.77)');
    expect(said(interval, { onset: 325.61, low: 301.23 })).toBe('325.6 (unknown)');
    expect(said(interval, { low: 301.23, high: 374.15 })).toBe('unknown');
  });

  test('a count, and how many errors something is', () => {
    expect(said([{ value: 'count' }, ' ', { metric: 'a', as: 'errors', ...same }], { a: 39.65 })).toBe('3 40');
  });
});
