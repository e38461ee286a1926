import { expect, test } from 'vitest';
import { hiddenTables } from '../../../sinks/probe_report/html_hidden.js';
import { tablesOf } from './html_tables.js';
import { emptyReport, reportOf } from './reports.js';

test('attack, control and one input at a time side by side, quantity by quantity', () => {
  const report = reportOf('classifier');
  const [main, rest] = tablesOf(hiddenTables(report));
  expect(main!.rows).toHaveLength(10);
  expect(main!.rows[0]).toEqual([
    ...['efficiency', 'all', '0.642 ± 0.009', '−0.0305 ± 0.0031', '−0.0046 ± 0.0012', '0.0325 ± 0.0033'],
    ...['0.94 ± 0.14', 'met: −0.023'],
  ]);
  expect(rest!.rows).toHaveLength(report.hidden.length - 10);
});

test('what is not known is a dash', () => {
  const [main] = tablesOf(hiddenTables(reportOf('regressor')));
  expect(main!.rows.find(([, regime]) => regime?.startsWith('2'))!.slice(2)).toEqual(Array(6).fill('—'));
  expect(main!.rows.at(-1)![0]).toBe('peak [GeV]');
  expect(hiddenTables(emptyReport())).toBe('');
});
