import { describe, expect, test } from 'vitest';
import type { WindowReport } from '../../../schemas/window_report.js';
import { liveMetrics, type WorkerFacts } from '../../../sinks/prometheus/live_metrics.js';
import { parseExposition } from '../../support/exposition.js';

const facts: WorkerFacts = {
  partitions: [
    { partition: 0, lag: 12, watermark: 7, rowsHeld: 3, waitingForModels: false, checkpointAgeSeconds: 1.5 },
    { partition: 4, lag: null, watermark: null, rowsHeld: 0, waitingForModels: true, checkpointAgeSeconds: 0 },
  ],
  events: {
    read: 20,
    used: 10,
    late: 4,
    duplicate: 3,
    rejected: { 'w: not a finite number': 2, other: 1 },
    deadLetters: 5,
  },
  ...{ keeper: null, join: null, models: null, probes: [], lastWindow: null, retries: 1, restarts: 2, rebalances: 3 },
};
const estimate = (value: number | null, error: number | null = 0.1) => ({ value, error });
const regime = (id: number, verdict: 'null' | 'good' | 'medium' | 'bad'): WindowReport['regimes'][number] => ({
  ...{ regime: id, label: `regime ${id}`, n: 5, share: 0.5, verdict, why: '' },
  ...{ bias: estimate(0.9), core: estimate(0.01), sigma68: estimate(null, null), pullMean: estimate(0.3) },
});
const lastWindow: WindowReport = {
  ...{
    pipeline: 'p',
    pipelineHash: 'h',
    window: 3,
    index: 0,
    events: 10,
    partitions: [0],
    models: 'm',
    correction: null,
  },
  regimes: [regime(0, 'good'), regime(1, 'bad')],
  ...{ byContext: [], online: [], chain: 'c' },
  alarms: [
    { check: 'cusum', quantity: 'bias', regime: 1, statistic: 9, threshold: 4, since: 2, change: estimate(0.02) },
  ],
};
const shown = async (more: Partial<WorkerFacts> = {}) => parseExposition(await liveMetrics('p', { ...facts, ...more }));
const NAME = (name: string, labels = ''): string => `regimewatch_${name}{${labels}}`;

describe('the metrics of a worker', () => {
  test('count events by outcome, read being the sum of the others', async () => {
    const metrics = await shown();
    const of = (outcome: string): number => metrics.get(NAME('events_total', `outcome="${outcome}",pipeline="p"`))!;
    expect(['read', 'used', 'rejected', 'late', 'duplicate'].map(of)).toEqual([20, 10, 3, 4, 3]);
    expect(of('read')).toBe(of('used') + of('rejected') + of('late') + of('duplicate'));
    expect(metrics.get(NAME('rejected_total', 'pipeline="p",reason="w: not a finite number"'))).toBe(2);
    expect(metrics.get(NAME('dead_letters_total', 'pipeline="p"'))).toBe(5);
  });

  test('say how each partition is; what is not known is absent', async () => {
    const metrics = await shown();
    const of = (name: string, partition: number) => metrics.get(NAME(name, `partition="${partition}",pipeline="p"`));
    const names = ['consumer_lag_messages', 'watermark_window', 'held_events', 'model_wait', 'checkpoint_age_seconds'];
    expect(names.map((name) => of(name, 0))).toEqual([12, 7, 3, 0, 1.5]);
    expect(names.map((name) => of(name, 4))).toEqual([undefined, undefined, 0, 1, 0]);
  });

  test('of windows come from the keeper alone', async () => {
    const without = await shown();
    expect([...without.keys()].filter((name) => /window|quality|alarms|very_late|model_info/.test(name))).toEqual([
      NAME('watermark_window', 'partition="0",pipeline="p"'),
    ]);
    const metrics = await shown({ keeper: { windows: 9, veryLate: 2 }, models: 'abc', lastWindow });
    expect(metrics.get(NAME('windows_total', 'pipeline="p"'))).toBe(9);
    expect(metrics.get(NAME('very_late_events_total', 'pipeline="p"'))).toBe(2);
    expect(metrics.get(NAME('model_info', 'pipeline="p",version="abc"'))).toBe(1);
  });

  test('of the last window carry their errors, and the verdict as a number', async () => {
    const metrics = await shown({ lastWindow });
    const of = (name: string, id = 1) => metrics.get(NAME(name, `pipeline="p",regime="${id}"`));
    expect([of('window_bias_ratio'), of('window_bias_error_ratio')]).toEqual([0.01, 0.1]);
    expect([of('window_sigma68_ratio'), of('window_sigma68_error_ratio')]).toEqual([undefined, undefined]);
    expect([of('window_pull_mean'), of('window_pull_mean_error')]).toEqual([0.3, 0.1]);
    expect([of('quality', 0), of('quality', 1), of('window_peak_position')]).toEqual([1, 3, undefined]);
    expect(metrics.get(NAME('alarms', 'check="cusum",pipeline="p",quantity="bias",regime="1"'))).toBe(1);
    expect(metrics.get(NAME('window_events', 'pipeline="p"'))).toBe(10);
  });
});

test('without any partition the counts are 0', async () => {
  const metrics = await shown({
    partitions: [],
    events: { read: 0, used: 0, late: 0, duplicate: 0, rejected: {}, deadLetters: 0 },
  });
  expect(metrics.get(NAME('events_total', 'outcome="read",pipeline="p"'))).toBe(0);
});
