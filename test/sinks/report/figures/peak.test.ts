import { expect, test } from 'vitest';
import { peak } from '../../../../sinks/report/figures/peak.js';
import { withAnalysis } from '../../../fixtures/report/analysis.js';
import { makeReport } from '../../../fixtures/report/make.js';
import { figureOf } from '../drawn.js';

const report = withAnalysis(makeReport({ events: 3000 }));

test('all events and the last regime: steps for truth and raw, points for corrected, ratios to the truth', () => {
  expect(peak(report).map(({ name }) => name)).toEqual(['peak_all', 'peak_regime_3']);
  const figure = figureOf(report, 'peak_all');
  expect(figure.marks('steps of truth all')).toBe(1);
  expect(figure.marks('steps of raw 1')).toBe(1);
  expect(figure.marks('points of corrected')).toBeGreaterThan(10);
  expect(figure.words).toContain('ratio to truth');
  expect(figure.words).toContain('mll [GeV]');
});

test('few events are drawn in wider bins, and the axis says so', () => {
  expect(figureOf(report, 'peak_all').words).toContain('Events / 1 GeV');
  const many = structuredClone(report);
  for (const { series } of many.correction!.spectra) for (const one of series) one.n = 1e6;
  expect(figureOf(many, 'peak_all').words).toContain('Events / 0.5 GeV');
});

test('fitted position and width are in the legend, with their errors', () => {
  const { words } = figureOf(report, 'peak_regime_3');
  expect(words).toContain('peak 90.80 ± 0.05 GeV');
  expect(words).toContain('width 2.00 ± 0.15 GeV');
  expect(words).toContain('mll before and after the correction, regime 3 (high HT, close)');
});

test('without truth there are no ratios, without events no figure', () => {
  const data = structuredClone(report);
  for (const one of data.correction!.spectra) one.series = one.series.filter(({ name }) => name !== 'truth');
  expect(figureOf(data, 'peak_all').words).not.toContain('ratio to truth');
  for (const { series } of data.correction!.spectra) for (const one of series) one.n = 0;
  expect(peak(data)).toEqual([]);
  expect(peak(makeReport({ events: 10 }))).toEqual([]);
});
