import { expect, test } from 'vitest';
import { outputShift } from '../../../../sinks/probe_report/figures/output_shift.js';
import { drawn, emptyReport, reportOf } from '../reports.js';

test('mean and width of the shift, by size and regime, a figure an attack', () => {
  const report = reportOf('classifier');
  const figures = outputShift(report);
  expect(figures.map(({ name }) => name)).toEqual(report.attacks.map(({ name }) => `output_shift_${name}`));
  const { marks, words } = drawn(figures, 'output_shift_preserving');
  for (const id of ['all', 0, 1, 2, 3]) {
    expect(marks(`points of mean, regime ${id}`)).toBe(4);
    expect(marks(`points of σ68, regime ${id}`)).toBe(4);
  }
  expect(words).toContain('mean [logits]');
});

test('in resolutions for a regressor; a regime without events is left out', () => {
  const { words } = drawn(outputShift(reportOf('regressor')), 'output_shift_preserving');
  expect(words).toContain('σ68 [resolutions]');
  expect(words.join(' ')).not.toContain('far');
  expect(outputShift(emptyReport())).toEqual([]);
});
