import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WindowReport } from '../../../schemas/window_report.js';
import { countWindow, NO_WINDOWS, type WindowCounts } from '../../../sinks/prometheus/count_window.js';
import { exposition } from '../../../sinks/prometheus/exposition.js';
import { observeBatch } from '../../../sinks/prometheus/process_metrics.js';
import { reportMetrics } from '../../../sinks/prometheus/report_metrics.js';
import { windowFamilies } from '../../../sinks/prometheus/window_families.js';
import { workerFamilies } from '../../../sinks/prometheus/worker_families.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';
import {
  serveMetrics,
  startPrometheus,
  until,
  type MetricsServer,
  type RunningPrometheus,
} from '../../support/scraping.js';
import { toolsOrSkip } from '../../support/prometheus_tools.js';
import { scratch } from '../../support/scratch.js';
import { windowReports } from '../../support/window_reports.js';
import { workerFacts } from '../../support/worker_facts.js';

const reports = windowReports({ windows: 14, driftFrom: 9, eventsPerWindow: 1000 });
const folder = scratch();

/** What a worker shows that has closed these windows. */
const shown = (counts: WindowCounts, lastWindow: WindowReport | null, openMetrics: boolean): Promise<string> => {
  const keeper = { windows: counts.windows, veryLate: 0 };
  return exposition(
    [
      ...workerFamilies({ ...workerFacts, keeper, counts, closedAt: 1_750_000_000_000 }),
      ...(lastWindow ? windowFamilies(lastWindow) : []),
    ],
    { pipeline: 'dilepton' },
    { openMetrics, process: true },
  );
};

describe.skipIf(!toolsOrSkip('promtool'))('promtool check metrics', () => {
  const counts = reports.reduce(countWindow, NO_WINDOWS);
  test.each([
    ['a worker', () => shown(counts, reports.at(-1)!, false)],
    ['a report', () => reportMetrics(withAnalysis(makeReport({ events: 3000 })), { process: true })],
  ])('has nothing to say of %s', async (_, text) => {
    observeBatch('dilepton', 0.01, 13);
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input: await text(),
      encoding: 'utf8',
    });
    expect(stdout + stderr).toBe('');
    expect(status).toBe(0);
  });
});

describe.skipIf(!toolsOrSkip('prometheus'))('a real Prometheus', () => {
  let prometheus: RunningPrometheus;
  let server: MetricsServer;
  let counts = NO_WINDOWS;
  let last: WindowReport | null = null;
  const close = (report: WindowReport): void => {
    [counts, last] = [countWindow(counts, report), report];
  };
  const text = (openMetrics: boolean) => shown(counts, last, openMetrics);
  const seen = (number: number) =>
    until(`window ${number} is seen`, async () => {
      const [found] = await prometheus.query('regimewatch_window_number');
      return found?.value[1] === String(number);
    });

  beforeAll(async () => {
    for (const report of reports.slice(0, 4)) close(report);
    server = await serveMetrics(text);
    prometheus = await startPrometheus(folder, [server.port]);
  });
  afterAll(async () => {
    await server.close();
    await prometheus.stop();
  });

  test('reads values with their errors; what is not known is absent', async () => {
    await seen(reports[3]!.window);
    const [core] = await prometheus.query('regimewatch_response_core_ratio{regime="2",stage="raw"}');
    expect(Number(core!.value[1])).toBe(reports[3]!.regimes[2]!.core!.value);
    expect(core!.metric).toMatchObject({ pipeline: 'dilepton', job: 'regimewatch' });
    const [error] = await prometheus.query('regimewatch_response_core_error_ratio{regime="2",stage="raw"}');
    expect(Number(error!.value[1])).toBe(reports[3]!.regimes[2]!.core!.error);
    // The checks are still learning.
    expect(await prometheus.query('regimewatch_reference_core_ratio')).toEqual([]);
    expect(await prometheus.query('regimewatch_consumer_lag_events{partition="4"}')).toEqual([]);
    expect(await prometheus.query('regimewatch_window_closed_timestamp_seconds')).toMatchObject([
      { value: [expect.any(Number), '1750000000'] },
    ]);
  });

  test('joins a number with the name of its regime', async () => {
    const named = await prometheus.query(
      'regimewatch_regime_share_ratio * on(pipeline, regime) group_left(label) regimewatch_regime_info',
    );
    expect(named.map(({ metric }) => metric['label']).sort()).toEqual(
      reports[3]!.regimes.map(({ label }) => label).sort(),
    );
  });

  test('a window that closes takes the place of the one before; a reference that is learned appears', async () => {
    for (const report of reports.slice(4, 10)) close(report);
    await seen(reports[9]!.window);
    const [reference] = await prometheus.query('regimewatch_reference_core_ratio{regime="2"}');
    expect(Number(reference!.value[1])).toBe(reports[9]!.regimes[2]!.reference!.core.value);
    expect(await prometheus.query('regimewatch_window_number')).toHaveLength(1);
  });

  test('after a restart in the middle counters go on, and increase() is right', async () => {
    await server.close();
    const { port } = server;
    await until('Prometheus sees that it is down', async () => (await prometheus.query('up'))[0]?.value[1] === '0');
    // The new process has the reports of its history and no more; the window of the crash is closed again.
    counts = [...reports.slice(0, 10), reports[9]!].reduce(countWindow, NO_WINDOWS);
    server = await serveMetrics(text, port);
    for (const report of reports.slice(10)) {
      close(report);
      await seen(report.window);
    }
    const all = reports.reduce(countWindow, NO_WINDOWS);
    for (const regime of ['0', '1', '2', '3']) {
      const series = `regimewatch_regime_events_total{regime="${regime}"}`;
      const only = async (expression: string) => Number((await prometheus.query(expression))[0]!.value[1]);
      expect(await only(series)).toBe(all.regimes[regime]);
      expect(await only(`resets(${series}[10m])`)).toBe(0);
      const first = reports.slice(0, 4).reduce(countWindow, NO_WINDOWS).regimes[regime]!;
      expect(await only(`max_over_time(${series}[10m]) - min_over_time(${series}[10m])`)).toBe(
        all.regimes[regime]! - first,
      );
      // increase() goes beyond the first and the last sample by half an interval at most.
      const increase = await only(`increase(${series}[10m])`);
      expect(increase).toBeGreaterThanOrEqual(all.regimes[regime]! - first);
      expect(increase).toBeLessThan(1.5 * (all.regimes[regime]! - first));
    }
  });

  test('keeps the exemplar of a batch: the window that it had events of', async () => {
    observeBatch('dilepton', 0.2, 4711);
    await until('the exemplar is kept', async () => {
      const found = await prometheus.get(
        `/api/v1/query_exemplars?query=regimewatch_batch_seconds_bucket&start=0&end=${Math.ceil(Date.now() / 1000) + 60}`,
      );
      return JSON.stringify(found).includes('"window":"4711"');
    });
  });

  test('a scrape has fewer than 1,000 series of its own', async () => {
    const [own] = await prometheus.query('count({__name__=~"regimewatch_.+"})');
    expect(Number(own!.value[1])).toBeLessThan(1000);
  });
});
