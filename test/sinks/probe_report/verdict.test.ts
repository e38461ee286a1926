import { expect, test } from 'vitest';
import { shareWords } from '../../../sinks/probe_report/entries.js';
import { foolingAt } from '../../../sinks/probe_report/headline.js';
import { verdict } from '../../../sinks/probe_report/verdict.js';
import { emptyReport, reportOf } from './reports.js';

test('what is fooled, what moves for it, the worst regime, the hidden systematic and the detector', () => {
  const report = reportOf('classifier');
  const [all, ...regimes] = foolingAt(report, 'preserving', 1);
  const lines = verdict(report);
  expect(lines).toHaveLength(7);
  expect(lines[0]).toBe(
    `At s = 1, the preserving attack fools ${shareWords(all!.fooled)} of 4,293 events that were right; ` +
      `random changes of the same size ${shareWords(all!.random)}.`,
  );
  expect(lines[1]).toMatch(/distance of a feature is then 0\.017 \(cap 0\.06\).* 0\.0019 \(cap 0\.006\)/);
  expect(lines[2]).toMatch(/^Fooled − random is 2\.96 ± 0\.28 % \(10\.7 standard errors\): more than chance\.$/);
  const worst = regimes.sort((a, b) => b.fooled.value! - a.fooled.value!)[0]!;
  expect(lines[3]).toContain(`The worst is regime ${worst.regime}`);
  expect(lines[4]).toMatch(/^Hidden systematic, shift of the efficiency: .* in all regimes .*one input at a time/);
  expect(lines[5]).toContain('mistag');
  expect(lines[6]).toMatch(/AUC of 0\.\d+ ± 0\.005 \(0\.5: it cannot\)/);
});

test('over a cap, not beyond chance and without a detector it says so', () => {
  const report = reportOf('classifier');
  Object.assign(report.attacks[0]!, { largestDistance: 0.07, detector: null });
  foolingAt(report, 'preserving', 1)[0]!.difference = { value: 0.001, error: 0.001 };
  const text = verdict(report).join('\n');
  expect(text).toContain('0.07 (over the cap of 0.06)');
  expect(text).toContain('0.10 ± 0.10 % (1.0 standard errors): not clearly more than chance');
  expect(text).toContain('No classifier was trained to tell');
});

test('a regressor: events that count, units, and nothing of a regime without events', () => {
  const text = verdict(reportOf('regressor')).join('\n');
  expect(text).toContain('% of 3,000 events;');
  expect(text).toMatch(/shift of the peak: 0\.\d+ ± 0\.\d+ GeV/);
  expect(text).not.toMatch(/far|NaN|undefined|null/);
});

test('regimes of few events are not named the worst', () => {
  const report = reportOf('classifier');
  for (const row of foolingAt(report, 'preserving', 1)) if (row.regime !== 'all') row.fooled.n = 99;
  for (const regime of report.regimes) regime.events = 99;
  const text = verdict(report).join('\n');
  expect(text).not.toContain('The worst');
  expect(text).not.toContain('the largest −');
});

test('nothing to say is said', () => {
  expect(verdict(emptyReport())).toEqual(['No attack was run.']);
  const report = reportOf('classifier');
  report.fooling = [];
  expect(verdict(report)).toEqual(['No event could be probed.']);
});
