import { describe, expect, test } from 'vitest';
import { METRICS, type MetricName } from '../../../schemas/metrics.js';
import type { WindowReport } from '../../../schemas/window_report.js';
import { samplesOf } from '../../../sinks/prometheus/samples.js';
import { windowFamilies } from '../../../sinks/prometheus/window_families.js';
import { windowReports } from '../../support/window_reports.js';

const stories = {
  'four regimes, drift': windowReports({ windows: 12, driftFrom: 9 }),
  'a correction': windowReports({ windows: 12, driftFrom: 9, correctedFrom: 11 }),
  'three context variables': windowReports({ windows: 10, context: ['H_T', 'abs_deta', 'mu'] }),
  'one regime': windowReports({ windows: 3, regimes: 1, context: ['H_T'] }),
  'no response': windowReports({ windows: 2, response: false }),
};
const drifted = stories['four regimes, drift'].at(-1)!;
const valueOf = (report: WindowReport, name: MetricName, labels: Record<string, string> = {}) =>
  samplesOf(windowFamilies(report), {}).find(
    (one) =>
      one.name === `regimewatch_${name}` && Object.entries(labels).every(([key, own]) => one.labels[key] === own),
  )?.value;

describe.each(Object.entries(stories))('%s', (_, reports) => {
  const report = reports.at(-1)!;

  test('families are of windows, with the labels that schemas/metrics.ts names, each series once', () => {
    for (const { name, rows } of windowFamilies(report)) {
      expect(METRICS[name].of, name).toBe('window');
      for (const [labels] of rows) expect(Object.keys(labels).sort(), name).toEqual([...METRICS[name].labels].sort());
    }
    const series = samplesOf(windowFamilies(report), {}).map(({ name, labels }) => name + JSON.stringify(labels));
    expect(new Set(series).size).toBe(series.length);
    expect(series.length).toBeLessThan(1000);
  });

  test('every value is finite', () => {
    for (const { name, value } of samplesOf(windowFamilies(report), {})) {
      expect(Number.isFinite(value), name).toBe(true);
    }
  });
});

test('every metric of a window is among the families', () => {
  const named = new Set(windowFamilies(drifted).map(({ name }) => name));
  const wanted = Object.entries(METRICS).filter(([, { of }]) => of === 'window');
  expect(wanted.map(([name]) => name).filter((name) => !named.has(name as MetricName))).toEqual([]);
});

test('each regime has its values with their errors, raw and corrected', () => {
  for (const { regime, core, sigma68, corrected, pullMean, share, n, verdict } of drifted.regimes) {
    const own = { regime: String(regime) };
    const [raw, after] = [
      { ...own, stage: 'raw' },
      { ...own, stage: 'corrected' },
    ];
    expect(valueOf(drifted, 'response_core_ratio', raw)).toBe(core!.value);
    expect(valueOf(drifted, 'response_core_error_ratio', raw)).toBe(core!.error);
    expect(valueOf(drifted, 'response_core_ratio', after)).toBe(corrected!.core.value);
    expect(valueOf(drifted, 'response_sigma68_error_ratio', raw)).toBe(sigma68!.error);
    expect(valueOf(drifted, 'locality_pull_mean', own)).toBe(pullMean!.value);
    expect(valueOf(drifted, 'window_regime_events', own)).toBe(n);
    expect(valueOf(drifted, 'quality', own)).toBe(['null', 'good', 'medium', 'bad'].indexOf(verdict));
    // √(p(1 − p)/n) to a part in n.
    expect(valueOf(drifted, 'regime_share_error_ratio', own)).toBeCloseTo(
      Math.sqrt((share! * (1 - share!)) / drifted.events),
      4,
    );
  }
});

test('a share of 0 has an error', () => {
  const regimes = drifted.regimes.map((row, r) => (r === 0 ? { ...row, n: 0, share: 0 } : row));
  const error = valueOf({ ...drifted, regimes }, 'regime_share_error_ratio', { regime: '0' })!;
  // Wilson's interval at p = 0 ends at 1/(n + 1).
  expect(error).toBeCloseTo(0.5 / (drifted.events + 1), 12);
});

test('what is not known is absent and not 0', () => {
  const [row] = drifted.regimes;
  const unknown = { value: null, error: null, reason: 'too few events' };
  const regimes = [{ ...row!, core: unknown, share: null, verdict: 'null' as const }];
  const report = { ...drifted, regimes };
  for (const name of ['response_core_error_ratio', 'regime_share_ratio', 'regime_share_error_ratio'] as const) {
    expect(valueOf(report, name, name.startsWith('response') ? { stage: 'raw' } : {}), name).toBeUndefined();
  }
  expect(valueOf(report, 'response_core_ratio', { stage: 'raw' })).toBeUndefined();
  expect(valueOf(report, 'quality')).toBe(0);
  const { reference, ...learning } = row!;
  expect(reference).toBeDefined();
  expect(valueOf({ ...drifted, regimes: [learning] }, 'reference_core_ratio')).toBeUndefined();
  const none = stories['no response'].at(-1)!;
  expect(valueOf(none, 'response_core_ratio')).toBeUndefined();
  expect(valueOf(none, 'window_events')).toBe(none.events);
});

test('checks in alarm are 1, and the others absent', () => {
  const alarm = { ...drifted.alarms[0]!, check: 'cusum' as const, quantity: 'bias' as const, regime: 'all' as const };
  const report = { ...drifted, alarms: [alarm] };
  expect(valueOf(report, 'check_alarm', { check: 'cusum', quantity: 'bias', regime: 'all' })).toBe(1);
  expect(valueOf({ ...report, alarms: [] }, 'check_alarm')).toBeUndefined();
});
