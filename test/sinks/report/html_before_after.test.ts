import { expect, test } from 'vitest';
import { beforeAfterTable } from '../../../sinks/report/html_before_after.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';
import { pageOf } from './page_of.js';

const report = withAnalysis(makeReport({ events: 3000 }));

test('two rows for each regime and for all, with peak, width and distance to the truth', () => {
  const { tables } = pageOf(beforeAfterTable(report, report.correction!));
  const { heads, rows } = tables[0]!;
  expect(heads.slice(-3)).toEqual(['peak [GeV]', 'width [GeV]', 'W1 [GeV]']);
  expect(rows).toHaveLength(2 * 5);
  expect(rows.map((row) => row[1])).toEqual([
    ...['before', 'after', 'before', 'after: worse', 'before', 'after', 'before', 'after', 'before', 'after'],
  ]);
  expect(rows[8]![0]).toBe('all regimes');
  expect(rows[8]![3]).toBe('−0.0232± 0.0014');
  expect(rows[8]!.at(-1)).toBe('1.88± 0.07');
});

test('without fits and distances there are dashes', () => {
  const bare = { ...report.correction!, peaks: [], distances: [] };
  expect(pageOf(beforeAfterTable(report, bare)).tables[0]!.rows[0]!.slice(-3)).toEqual(['—', '—', '—']);
});
