import { expect, test } from 'vitest';
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
