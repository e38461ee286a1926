import { expect, test } from 'vitest';
import { correctionHtml } from '../../../sinks/report/html_correction.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';
import { pageOf } from './page_of.js';

const report = withAnalysis(makeReport({ events: 3000 }));

test('the verdict, the splits, before and after, the bound, what was tried, and the bins', () => {
  const { tables, text } = pageOf(correctionHtml(report));
  expect(text('.verdict.good')).toHaveLength(1);
  expect(text('p')[1]).toBe(
    'Fitted on 2,100 training events, accepted or refused on 450 validation events, quoted on 450 test events.',
  );
  expect(tables.map(({ rows }) => rows.length)).toEqual([10, 4, 2, 13, 10]);
  expect(tables[1]!.rows[2]).toEqual([
    ...['core of δ', 'regimes', '4', '450', '0.0257 ± 0.0007', '0.0006, below its error', '86.8 ± 1.4'],
  ]);
  expect(tables[2]!.rows[1]!.slice(0, 6)).toEqual(['smooth', 'accepted', '2', '1', '14.3', '2.8']);
});

test('a refused correction is said to be the identity, with the reason', () => {
  const refused = structuredClone(report);
  Object.assign(refused.correction!, { accepted: false, layer: 'identity', reason: 'no gain on validation' });
  const { text } = pageOf(correctionHtml(refused));
  expect(text('.verdict.medium')).toEqual(['No correction is made (identity): no gain on validation.']);
});

test('nothing without a correction', () => {
  expect(correctionHtml(makeReport({ events: 100 }))).toBe('');
});
