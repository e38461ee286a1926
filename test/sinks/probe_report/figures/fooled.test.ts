import { expect, test } from 'vitest';
import { fooled } from '../../../../sinks/probe_report/figures/fooled.js';
import { drawn, emptyReport, reportOf } from '../reports.js';

const report = reportOf('classifier');
const figures = fooled(report);

test('of all events by attack, with the control and the difference at every size', () => {
  const { marks, words } = drawn(figures, 'fooled_all');
  for (const { name } of report.attacks) {
    for (const what of ['fooled', 'random', 'difference']) expect(marks(`points of ${what}, ${name}`)).toBe(4);
    expect(words).toContain(name.replaceAll('_', ' '));
  }
  expect(words).toContain('3.49 ± 0.28 % at s = 1');
  expect(words).toContain('random 0.54 ± 0.11 %');
});

test('of each attack by regime, the headline first', () => {
  expect(figures.map(({ name }) => name)).toEqual([
    'fooled_all',
    ...report.attacks.map(({ name }) => `fooled_by_regime_${name}`),
  ]);
  const { marks } = drawn(figures, 'fooled_by_regime_preserving');
  for (const id of ['all', 0, 1, 2, 3]) {
    const known = marks(`points of random, regime ${id}`) + marks(`beyond the panel, random, regime ${id}`);
    expect(known).toBe(4);
  }
  // Logarithmic: what is 0 lies beyond the panel.
  expect(marks('beyond the panel, random, regime 2')).toBe(1);
});

test('regimes without events are left out', () => {
  const { words } = drawn(fooled(reportOf('regressor')), 'fooled_by_regime_preserving');
  expect(words).toContain('1: high H_T'.replace('_', ''));
  expect(words.join(' ')).not.toContain('far');
  expect(fooled(emptyReport())).toEqual([]);
});
