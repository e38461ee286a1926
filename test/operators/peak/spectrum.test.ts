import { expect, it } from 'vitest';
import { spectrumOf } from '../../../operators/peak/spectrum.js';
import { histogram } from '../../../operators/summaries/histogram.js';
import { histogramOf } from '../response/reference.js';
import { filled } from '../summaries/rows.js';

const x = [59, 74.99, 75, 75.24, 75.25, 80, 104.99, 105, 130, NaN];

it('joins fine bins within the range', () => {
  const found = spectrumOf(histogramOf(x, [1200, 60, 120]), 0, [75, 105], 0.25)!;
  expect([found.low, found.high, found.width, found.bins]).toEqual([75, 105, 0.25, 120]);
  expect([...found.n.subarray(0, 3), found.n[20], found.n[119]]).toEqual([2, 1, 0, 1, 1]);
  expect([found.events, found.sum, found.squares]).toEqual([5, 5, 5]);
});

it('leaves coarse bins as they are, and takes those that lie wholly within', () => {
  const found = spectrumOf(histogramOf(x, [60, 60, 120]), 0, [74.5, 80.5], 0.25)!;
  expect([found.low, found.high, found.width, [...found.n]]).toEqual([75, 80, 1, [3, 0, 0, 0, 0]]);
});

it('adds weights and their squares, of its group alone', () => {
  const table = { columns: [[80, 80.01, 90]], group: [1, 1, 0], weight: [2, -0.5, 1] };
  const hist = filled(histogram, { bins: [60, 60, 120], groups: 2, weighted: true }, table);
  const found = spectrumOf(hist, 1, [60, 120], 1)!;
  expect([found.events, found.sum, found.squares, found.w[20], found.w2[20]]).toEqual([2, 1.5, 4.25, 1.5, 4.25]);
});

it('is not there where no bin lies within', () => {
  expect(spectrumOf(histogramOf(x, [60, 60, 120]), 0, [80.1, 80.9], 0.25)).toBeUndefined();
  expect(spectrumOf(histogramOf(x, [60, 60, 120]), 0, [130, 140], 0.25)).toBeUndefined();
});
