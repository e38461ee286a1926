import { expect, test } from 'vitest';
import { excessWords, fooledWords, probeAlerts, probeLines, wholeRows } from '../../../sinks/report/probe_words.js';
import { findings } from '../../../sinks/report/findings.js';
import { summary } from '../../../sinks/report/summary.js';
import { table } from '../../../sinks/report/table.js';
import { makeReport } from '../../fixtures/report/make.js';
import { probeRowsOf, withProbes } from '../../fixtures/report/probes.js';

const bare = makeReport({ events: 3000 });
const report = withProbes(bare);

test('shares have their interval, none of n its upper end', () => {
  expect(fooledWords({ k: 0, n: 100, value: 0, low: 0, high: 0.0099 })).toBe('0 +0.99 %');
  expect(fooledWords({ k: 25, n: 1000, value: 0.025, low: 0.0205, high: 0.0304 })).toBe('2.5 ± 0.5 %');
  expect(fooledWords({ k: 0, n: 0, value: null, low: 0, high: 1 })).toBe('—');
  expect(excessWords({ difference: { value: 0.0171, error: 0.0029 } })).toBe('1.71 ± 0.29 %');
  expect(excessWords({ difference: { value: null, error: null } })).toBe('—');
});

test('a line a probe: shares, difference, verdict, the worst regime, and what was not probed', () => {
  const [line, ...more] = probeLines(report);
  expect(more).toEqual([]);
  // 108 and 7 of 1,545: Wilson, (7 + ½ ± √(7 (1 − 7/1,545) + ¼)) / 1,546. The 7 are among the 108, so of 101 that differ
  // all are of one side: 101 / 1,545 ± √(101 − 101² / 1,545) / 1,545, and exactly 2⁻¹⁰⁰, which is 11.5 sigma.
  expect(line).toBe(
    'Probe net of m_net (gradient, s = 1): fooled 7.0 ± 0.6 % of 1,545 events that were right, ' +
      'random 0.45 +0.21 −0.14 %; difference 6.5 ± 0.6 % (11.5 sigma), above the tolerance, beyond chance; ' +
      `the worst is regime 1 (${bare.regimes!.map[1]!.label}), 16.5 ± 1.5 %, above the tolerance, beyond chance; ` +
      '4 skipped; 2 unanswered.',
  );
  for (const lines of [findings(report), summary(report), table(report).split('\n')]) expect(lines).toContain(line);
});

test('alerts are of what is bad, all regimes before a single one', () => {
  expect(probeAlerts(report)).toEqual([
    'Probe net of m_net (gradient, s = 1) is bad: changes inside the uncertainties fool 7.0 ± 0.6 % of 1,545 events ' +
      'that were right, random 0.45 +0.21 −0.14 %. Bad in regime 1 too.',
  ]);
  const local = probeRowsOf('net', [
    [0, 0, 9000, 0, 0],
    [0, 3, 100, 20, 0],
  ]);
  expect(probeAlerts({ ...bare, probes: local })).toEqual([
    expect.stringContaining(`is bad in regime 3 (${bare.regimes!.map[3]!.label}): `),
  ]);
  const good = probeRowsOf('net', [[0, 0, 500, 1, 1]]);
  expect(probeAlerts({ ...bare, probes: good })).toEqual([]);
  // Nothing was wrong before: a regressor, or a classifier without a fault.
  expect(probeLines({ ...bare, probes: good })[0]).toContain('0.20 +0.32 −0.12 % of 500 events, random');
});

test('without probes, and without an event that was right', () => {
  expect([wholeRows(bare), probeLines(bare), probeAlerts(bare)]).toEqual([[], [], []]);
  const wrong = { ...bare, probes: probeRowsOf('net', [[0, 0, 0, 0, 0, 7]]) };
  expect(probeLines(wrong)).toEqual(['Probe net of m_net (gradient, s = 1): no event that was right among 7 chosen.']);
  expect(probeAlerts(wrong)).toEqual([]);
});
