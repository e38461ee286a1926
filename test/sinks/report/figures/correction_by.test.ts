import { expect, test } from 'vitest';
import { correctionBy } from '../../../../sinks/report/figures/correction_by.js';
import { withAnalysis } from '../../../fixtures/report/analysis.js';
import { makeReport } from '../../../fixtures/report/make.js';
import { figureOf } from '../drawn.js';

const report = withAnalysis(makeReport({ events: 3000 }));

test('by each variable and by regime: mean, median and σ68, before and after', () => {
  expect(correctionBy(report).map(({ name }) => name)).toEqual([
    ...['correction_by_H_T', 'correction_by_abs_deta', 'correction_by_regime'],
  ]);
  const figure = figureOf(report, 'correction_by_regime');
  for (const what of ['mean of δ', 'median of δ', 'σ68 of δ']) {
    for (const when of ['before', 'after']) {
      const name = `${what} ${when}`;
      expect(figure.marks(`points of ${name}`) + figure.marks(`beyond the panel, ${name}`)).toBe(4);
    }
  }
});

test('the bound stands beside: over regimes, or from the onset of the variable on', () => {
  const { words } = figureOf(report, 'correction_by_regime');
  for (const text of [
    'r.m.s. over regimes',
    'mean δ: 0.0257 ± 0.0007',
    '→ 0.0093 ± 0.0007',
    'taken away 86.8 ± 1.4 %',
  ]) {
    expect(words).toContain(text);
  }
  expect(figureOf(report, 'correction_by_H_T').words).toContain('HT from 310 GeV');
});

test('a refused correction is drawn as the identity, with the reason', () => {
  const refused = structuredClone(report);
  Object.assign(refused.correction!, { accepted: false, layer: 'identity', reason: 'no gain on validation' });
  const { words, description } = figureOf(refused, 'correction_by_regime');
  expect(words).toContain('after (refused: identity)');
  expect(description).toContain('The correction was refused, so that nothing changes: no gain on validation.');
});

test('there is none without a correction or without test events', () => {
  expect(correctionBy(makeReport({ events: 10 }))).toEqual([]);
  const empty = structuredClone(report);
  empty.correction!.after.n = 0;
  expect(correctionBy(empty)).toEqual([]);
});
