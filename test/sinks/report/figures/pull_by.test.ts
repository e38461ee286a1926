import { expect, test } from 'vitest';
import { pulls } from '../../../../sinks/report/figures/pull_by.js';
import { withAnalysis } from '../../../fixtures/report/analysis.js';
import { makeReport } from '../../../fixtures/report/make.js';
import { figureOf } from '../drawn.js';

const report = withAnalysis(makeReport({ events: 3000 }));

test('a figure for each variable and the regimes, for each model', () => {
  expect(pulls(report).map(({ name }) => name)).toEqual([
    ...['pull_by_H_T', 'pull_by_abs_deta', 'pull_by_regime'],
    ...['pull_by_H_T_declared', 'pull_by_abs_deta_declared', 'pull_by_regime_declared'],
  ]);
  expect(pulls(makeReport({ events: 10 }))).toEqual([]);
});

test('mean, width and excess of every bin that is known, with the tolerances', () => {
  const figure = figureOf(report, 'pull_by_H_T');
  const known = report.locality!.byContext.filter(
    ({ variable, pullMean }) => variable === 'H_T' && pullMean.value !== null,
  ).length;
  for (const what of ['pull mean', 'pull width', 'excess in δ']) {
    expect(figure.marks(`points of ${what}`) + figure.marks(`beyond the panel, ${what}`)).toBe(known);
    expect(figure.words).toContain(what);
  }
  expect(figure.words).toContain('tolerance 1 ± 0.1');
  expect(figure.words).toContain('tolerance ±0.001');
});

test('regimes are numbered along the axis', () => {
  const { words } = figureOf(report, 'pull_by_regime');
  for (const id of ['0', '1', '2', '3']) expect(words).toContain(id);
  expect(words).toContain('regime');
});

test('bins without a point are counted', () => {
  const unknown = report.locality!.byContext.filter(
    ({ variable, n, pullMean }) => variable === 'H_T' && n > 0 && pullMean.value === null,
  ).length;
  expect(figureOf(report, 'pull_by_H_T').description).toContain(`too few events for a point: ${unknown}.`);
});
