import { expect, test } from 'vitest';
import { boundEntries, boundsOf, namedBounds, rmsWords, shareWords } from '../../../sinks/report/bound_words.js';
import { correctionOf } from '../../fixtures/report/correction.js';
import { makeReport } from '../../fixtures/report/make.js';

const correction = correctionOf(makeReport({ events: 1000 }));

test('the core is told of where it is what is corrected', () => {
  expect(namedBounds(correction).map(({ of }) => of)).toEqual(['mean δ', 'mean δ', 'core of δ', 'core of δ']);
  expect(namedBounds({ ...correction, target: 'mean' })).toHaveLength(2);
});

test('a figure has the bounds over regimes, or over the bins from the onset of its variable on', () => {
  expect(boundsOf(correction, null).map(({ over }) => over)).toEqual(['regimes', 'regimes']);
  expect(boundsOf(correction, 'H_T').map(({ over }) => over)).toEqual(['bins of the context, H_T from 310 GeV']);
  expect(boundsOf(correction, '|Δη|').map(({ over }) => over)).toEqual(['bins of the context']);
});

test('a number has its error, or says that it is below it', () => {
  expect(rmsWords({ value: 0.0257, error: 0.0007 })).toBe('0.0257 ± 0.0007');
  expect(rmsWords({ value: 0.000595, error: null })).toBe('0.0006, below its error');
  expect(rmsWords({ value: null, error: null })).toBe('—');
  expect(shareWords(correction.bound.bias[0]!)).toBe('86.8 ± 1.4 %');
  expect(shareWords({ ...correction.bound.bias[0]!, share: { value: null, error: null } })).toBe('—');
});

test('the legend: over what, and three lines for each', () => {
  expect(boundEntries(boundsOf(correction, 'H_T')).map(({ cells }) => cells.join(''))).toEqual([
    'r.m.s. over bins of the context',
    'H_T from 310 GeV',
    'mean δ: 0.0257 ± 0.0007',
    '→ 0.0090 ± 0.0007',
    'taken away 86.8 ± 1.4 %',
  ]);
  expect(boundEntries([])).toEqual([]);
});
