import { expect, test } from 'vitest';
import { mostFooledTable } from '../../../sinks/probe_report/html_most_fooled.js';
import { tablesOf } from './html_tables.js';
import { emptyReport, reportOf } from './reports.js';

test('the farthest moved first, as many digits as tell two values apart, and what follows without a pull', () => {
  const report = reportOf('classifier');
  const moved = [
    { feature: 'lep1_pt', from: 178.0, to: 174.9, pull: -0.86 },
    { feature: 'lep1_eta', from: 1.3, to: 1.3, pull: 0 },
    { feature: 'met', from: 32.05, to: 34.73, pull: 0.96 },
    { feature: 'm_ll', from: 249.76, to: 249.78, pull: 0 },
  ];
  report.mostFooled = [{ event: 'run 1 <2>', regime: 1, before: 0.5784, after: -0.0135, moved }];
  const [table] = tablesOf(mostFooledTable(report));
  const [row] = table!.rows;
  expect(row!.slice(0, 4)).toEqual(['run 1 <2>', '1: medium HT', '0.5784', '−0.0135']);
  expect(row![4]).toBe('met 32.05 → 34.73 +0.96σ lep1_pt 178 → 174.9 −0.86σ m_ll 249.76 → 249.78 follows 1 unmoved');
});

test('an event a row; none without events', () => {
  const report = reportOf('regressor');
  expect(tablesOf(mostFooledTable(report))[0]!.rows).toHaveLength(report.mostFooled.length);
  expect(mostFooledTable(emptyReport())).toBe('');
});
