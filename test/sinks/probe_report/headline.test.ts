import { expect, test } from 'vitest';
import { foolingAt, headlineOf } from '../../../sinks/probe_report/headline.js';
import { emptyReport, reportOf } from './reports.js';

test('the attack that keeps distributions, at the size of the hidden systematic', () => {
  const report = reportOf('classifier');
  report.attacks.reverse();
  expect(headlineOf(report)).toMatchObject({ attack: { name: 'preserving' }, size: 1 });
  for (const row of report.hidden) row.size = 2;
  expect(headlineOf(report)?.size).toBe(2);
});

test('without such an attack the first one; without a hidden systematic the size nearest to 1', () => {
  const report = reportOf('classifier');
  report.attacks.shift();
  report.hidden = [];
  report.fooling = report.fooling.filter(({ size }) => size !== 1);
  expect(headlineOf(report)).toMatchObject({ attack: { name: 'projected_gradient' }, size: 0.5 });
  expect(headlineOf(emptyReport())).toBeNull();
});

test('one row a regime', () => {
  const rows = foolingAt(reportOf('classifier'), 'coordinate', 2);
  expect(rows.map(({ regime }) => regime)).toEqual(['all', 0, 1, 2, 3]);
});
