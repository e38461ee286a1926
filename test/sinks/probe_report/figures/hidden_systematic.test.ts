import { expect, test } from 'vitest';
import { hiddenSystematic } from '../../../../sinks/probe_report/figures/hidden_systematic.js';
import { drawn, emptyReport, reportOf } from '../reports.js';

test('a figure a quantity: attack and control by regime, over the band of one input at a time', () => {
  const report = reportOf('classifier');
  const figures = hiddenSystematic(report);
  expect(figures.map(({ name }) => name)).toEqual(['hidden_efficiency', 'hidden_mistag']);
  const { marks, words } = drawn(figures, 'hidden_efficiency');
  expect(marks('one at a time')).toBe(5);
  for (const { name } of report.attacks) {
    for (const who of ['attack', 'random']) {
      expect(marks(`points of shift, ${who}, ${name}`)).toBe(5);
      expect(marks(`points of times, ${who}, ${name}`)).toBe(5);
    }
  }
  expect(words).toContain('shift of efficiency');
});

test('with its unit; a regime without events is left out', () => {
  const figures = hiddenSystematic(reportOf('regressor'));
  expect(drawn(figures, 'hidden_bias').marks('one at a time')).toBe(3);
  expect(drawn(figures, 'hidden_peak').words).toContain('shift of peak [GeV]');
  expect(hiddenSystematic(emptyReport())).toEqual([]);
});
