import { expect, test } from 'vitest';
import { shareWords } from '../../../sinks/probe_report/entries.js';
import { foolingAt } from '../../../sinks/probe_report/headline.js';
import { fooledTables } from '../../../sinks/probe_report/html_fooled.js';
import { tablesOf } from './html_tables.js';
import { emptyReport, reportOf } from './reports.js';

test('the headline attack by regime, and every row folded away', () => {
  const report = reportOf('classifier');
  const [main, all] = tablesOf(fooledTables(report));
  const own = foolingAt(report, 'preserving', 1);
  expect(main!.rows.map((row) => row[2])).toEqual(own.map(({ fooled }) => shareWords(fooled)));
  expect(main!.rows.map((row) => row[3])).toEqual(own.map(({ random }) => shareWords(random)));
  expect(main!.rows[0]![4]).toBe('2.96 ± 0.28');
  expect(all!.rows).toHaveLength(report.fooling.length);
  expect(all!.heads).toBe(8);
});

test('a regime without events has dashes with their reason', () => {
  const html = fooledTables(reportOf('regressor'));
  expect(tablesOf(html)[0]!.rows.at(-1)).toEqual(['2: high HT, far', '0', '—', '—', '—', '—']);
  expect(html).toContain('title="no event in this regime"');
  expect(html).toContain('tolerance of the model card');
  expect(fooledTables(emptyReport())).toBe('');
});
