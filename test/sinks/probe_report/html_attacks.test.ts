import { expect, test } from 'vitest';
import { attackTable } from '../../../sinks/probe_report/html_attacks.js';
import { tablesOf } from './html_tables.js';
import { emptyReport, reportOf } from './reports.js';

test('an attack a row; what is over its cap is in bold', () => {
  const report = reportOf('classifier');
  const html = attackTable(report);
  const [table] = tablesOf(html);
  expect(table!.rows.map(([name]) => name)).toEqual(report.attacks.map(({ name }) => name.replaceAll('_', ' ')));
  expect(table!.rows[0]!.slice(1, 4)).toEqual(['yes', '0.017', '0.0019']);
  const over = report.attacks.flatMap(({ largestDistance, correlationChange }) => [
    ...(largestDistance > 0.06 ? [largestDistance] : []),
    ...(correlationChange > 0.006 ? [correlationChange] : []),
  ]);
  expect(over.length).toBeGreaterThan(0);
  expect([...html.matchAll(/<strong title="over the cap/g)]).toHaveLength(over.length);
});

test('what was not measured says so', () => {
  expect(attackTable(reportOf('regressor'))).toContain('title="no classifier was trained"');
  expect(attackTable(reportOf('regressor'))).toContain('title="not measured"');
  expect(attackTable(emptyReport())).toBe('');
});
