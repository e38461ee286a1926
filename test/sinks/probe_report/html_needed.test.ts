import { expect, test } from 'vitest';
import { neededTables } from '../../../sinks/probe_report/html_needed.js';
import { tablesOf } from './html_tables.js';
import { emptyReport, reportOf } from './reports.js';

test('sizes with their intervals; what was not reached is beyond the largest that was tried', () => {
  const report = reportOf('classifier');
  const rows = report.neededSize.filter(({ attack, regime }) => attack === 'preserving' && regime === 'all');
  Object.assign(rows[0]!, { size: 0.32, low: 0.25, high: 0.39 });
  Object.assign(rows[1]!, { size: null, low: 1.57, high: null });
  Object.assign(rows[2]!, { size: null, low: null, high: null });
  const tables = tablesOf(neededTables(report));
  expect(tables).toHaveLength(4);
  expect(tables[0]!.rows[0]).toEqual(['all', '0.32 (0.25 – 0.39)', '> 2 (from 1.57)', '> 2']);
  expect(tables[0]!.rows).toHaveLength(5);
  Object.assign(rows[0]!, { size: 1.5, low: null, high: null });
  expect(tablesOf(neededTables(report))[0]!.rows[0]![1]).toBe('1.5 (0 – > 2)');
});

test('a regime without events needs no size, and says why', () => {
  const html = neededTables(reportOf('regressor'));
  expect(tablesOf(html)[0]!.rows.at(-1)).toEqual(['2: high HT, far', '—', '—', '—']);
  expect(html).toContain('<span title="no event">—</span>');
  expect(neededTables(emptyReport())).toBe('');
});
