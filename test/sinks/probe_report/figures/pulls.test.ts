import { expect, test } from 'vitest';
import { pulls } from '../../../../sinks/probe_report/figures/pulls.js';
import { drawn, emptyReport, reportOf } from '../reports.js';

test('root mean square and largest of every feature and attack, and the size', () => {
  const report = reportOf('classifier');
  const { marks, words } = drawn(pulls(report), 'pulls');
  for (const { name } of report.attacks) {
    expect(marks(`rms pulls, ${name}`)).toBe(6);
    expect(marks(`largest pulls, ${name}`)).toBe(6);
  }
  for (const { feature } of report.attacks[0]!.pulls) expect(words).toContain(feature);
  expect(words).toContain('size s = 1');
});

test('an attack that pulls some features only has no mark at the others', () => {
  const report = reportOf('classifier');
  report.attacks[1]!.pulls.length = 2;
  const { marks } = drawn(pulls(report), 'pulls');
  expect(marks('rms pulls, projected_gradient')).toBe(2);
  expect(marks('rms pulls, preserving')).toBe(6);
  expect(pulls(emptyReport())).toEqual([]);
});
