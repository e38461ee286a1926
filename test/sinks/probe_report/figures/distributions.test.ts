import { expect, test } from 'vitest';
import { distributions } from '../../../../sinks/probe_report/figures/distributions.js';
import { drawn, emptyReport, reportOf } from '../reports.js';

const report = reportOf('classifier');

test('six features a sheet, each with its distance, its axis and its bins', () => {
  const figures = distributions(report);
  expect(figures.map(({ name }) => name)).toEqual(['distributions_1', 'distributions_2']);
  const { words, marks } = drawn(figures, 'distributions_1');
  expect(words).toContain('met: J–S distance 0.015');
  expect(words).toContain('met [GeV]');
  expect(words).toContain('Events / 5 GeV');
  const { perturbed } = report.distributions.find(({ feature }) => feature === 'met')!;
  expect(marks('points of feature 4')).toBe(perturbed.filter((n) => n > 0).length);
});

test('flow bins stand in strips, only where there are any', () => {
  const one = structuredClone(report.distributions.slice(0, 1));
  const data = { ...report, distributions: one };
  const full = drawn(distributions(data), 'distributions');
  expect(full.marks('flow of nominal all')).toBe(1);
  for (const counts of [one[0]!.nominal, one[0]!.perturbed]) counts[counts.length - 1] = 0;
  expect(drawn(distributions(data), 'distributions').marks('flow of nominal all')).toBe(0);
});

test('a distance over the cap says so', () => {
  const data = { ...report, constraints: { distance: 0.01, correlation: 0.006 } };
  expect(drawn(distributions(data), 'distributions_1').words).toContain('met: J–S distance 0.015, over the cap');
});

test('bins of very different widths are drawn equally wide', () => {
  const [figure] = distributions(reportOf('regressor'));
  expect(figure!.description).toContain('Bins of unequal width are drawn equally wide.');
  expect(drawn([figure!], 'distributions').words).toContain('Events / bin');
  expect(distributions(emptyReport())).toEqual([]);
});
