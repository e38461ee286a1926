import { beforeEach, expect, test } from 'vitest';
import { alertRules } from '../../../dashboards/alert_rules.js';
import { highBias } from '../../../dashboards/rules/high_bias.js';
import { noData } from '../../../dashboards/rules/no_data.js';
import { recordingRules } from '../../../dashboards/recording_rules.js';
import { describePage } from '../../../runtime/watch/describe.js';
import type { FeedFacts } from '../../../runtime/watch/feed_facts.js';
import { createFeed, type Feed, type FeedOptions } from '../../../runtime/watch/feed.js';
import { loadPipeline } from '../../../runtime/pipeline_file.js';
import type { HistoryStore, PageAlert, PageNews, StoredWindow } from '../../../schemas/page.js';
import type { WindowReport } from '../../../schemas/window_report.js';
import { parseExposition } from '../../support/exposition.js';
import { windowReports } from '../../support/window_reports.js';

const file = new URL('../../../pipelines/dilepton.yaml', import.meta.url).pathname;
const loaded = await loadPipeline(file, ['alerts.silent_seconds=30']);
const { pipeline } = loaded;
const reports = windowReports({ windows: 24, eventsPerWindow: 8000, driftFrom: 10, correctedFrom: 16 }).map(
  (report) => ({
    ...report,
    pipeline: pipeline.pipeline,
  }),
);

let now = 0;
beforeEach(() => {
  now = 1.7e12;
});

const facts = (read: number): FeedFacts => ({
  partitions: [
    {
      ...{ partition: 0, lag: null, watermark: 3, rowsHeld: 0, waitingForModels: false },
      checkpointAgeSeconds: null,
    },
  ],
  events: { read, used: read, late: 0, duplicate: 0, rejected: {}, deadLetters: 0 },
  ...{ keeper: { windows: 0, veryLate: 0 }, join: null, models: 'm', probes: [] },
  ...{ retries: 0, restarts: 0, rebalances: 0, ready: true, ended: false },
});

/** Windows and alerts in memory, as a history keeps them: each window once. */
function memory(): HistoryStore & { windowsKept: StoredWindow[]; alertsKept: Map<string, PageAlert> } {
  const windowsKept: StoredWindow[] = [];
  const alertsKept = new Map<string, PageAlert>();
  const within = (from: number, to: number): StoredWindow[] =>
    windowsKept.filter(({ report }) => report.index >= from && report.index <= to);
  return {
    ...{ windowsKept, alertsKept },
    append(window) {
      if (!windowsKept.some(({ report }) => report.chain === window.report.chain)) windowsKept.push(window);
      return Promise.resolve();
    },
    putAlert(alert) {
      alertsKept.set(alert.id, alert);
      return Promise.resolve();
    },
    windows: (_, from, to, most) => Promise.resolve(within(from, to).slice(-most)),
    alerts: () => Promise.resolve([...alertsKept.values()].reverse()),
    referenceWindows: () => Promise.resolve(null),
    setReferenceWindows: () => Promise.resolve(false),
    close: () => Promise.resolve(),
  };
}

const open = (more: Partial<FeedOptions> = {}): Promise<Feed> =>
  createFeed({
    description: describePage(loaded, { version: '0.0.0', source: 'a test' }),
    rules: [...highBias(pipeline), ...noData(pipeline)],
    records: recordingRules(pipeline),
    ...{ runbooks: 'docs/runbooks/', history: null, next: 0, run: 'one', now: () => now, injection: null },
    ...{ facts: () => facts(0), onWindow: () => undefined, onAlerts: () => undefined, notice: () => undefined },
    ...more,
  });

async function give(feed: Feed, some: readonly WindowReport[]): Promise<void> {
  for (const report of some) {
    now += 2000;
    await feed.take(report);
  }
}

test('a stream that turns bad and is corrected: verdict, alerts and news as it goes', async () => {
  const feed = await open();
  const news: PageNews[] = [];
  const leave = feed.subscribe((one) => news.push(one));
  expect(feed.status()).toMatchObject({ verdict: 'null', why: 'no window is closed yet', windows: 0, since: null });
  await give(feed, reports.slice(0, 10));
  expect(feed.status()).toMatchObject({ verdict: 'good', windows: 10 });
  expect(feed.alerts()).toEqual([]);
  await give(feed, reports.slice(10, 16));
  const bad = feed.status();
  expect(bad.verdict).toBe('bad');
  expect(bad.why).toMatch(
    /^mean response in high H_T, \w+ is −\d\.\d+ ± \d\.\d+ % and no correction holds it, \d+ σ, since window \d+$/,
  );
  expect(bad.since).toBe(feed.alerts()[0]!.firedAt);
  await give(feed, reports.slice(16));
  expect(feed.alerts().map(({ state }) => state)).not.toContain('firing');
  const { verdict, why } = feed.status();
  expect([verdict, why]).toEqual([
    'good',
    expect.stringMatching(/^a raw bias of −.* in high H_T.* is held by the correction of window \d+: .* is left$/),
  ]);
  leave();
  expect(news.filter(({ kind }) => kind === 'window')).toHaveLength(24);
  expect(news.filter(({ kind }) => kind === 'alerts').length).toBeGreaterThan(1);
});

test('windows are given from any on, once, with what the history has; another stream takes their place', async () => {
  const history = memory();
  const first = await open({ history });
  await give(first, reports.slice(0, 5));
  expect(await first.take(reports[4]!)).toBe(false);
  const second = await open({ history, next: 5 });
  await give(second, reports.slice(4, 8));
  expect((await second.windows(3)).map(({ report }) => report.chain)).toEqual(
    reports.slice(3, 8).map(({ chain }) => chain),
  );
  const other = { ...reports[0]!, chain: 'f'.repeat(64) };
  await give(second, [other]);
  expect((await second.windows(0)).map(({ report }) => report.chain)).toEqual([other.chain]);
  const fresh = await open({ history, next: 0 });
  expect(await fresh.windows(0)).toEqual([]);
});

test('a restart: alerts go on firing under their id, and counters of windows do not go back', async () => {
  const history = memory();
  const first = await open({ history });
  await give(first, reports.slice(0, 12));
  expect(first.acknowledge(first.alerts()[0]!.id, 'seen')).toBe(true);
  expect(first.acknowledge('none', 'seen')).toBe(false);
  const before = parseExposition(await first.metrics());
  const second = await open({ history, next: 12, facts: () => facts(0) });
  const after = parseExposition(await second.metrics());
  for (const [series, value] of before)
    if (/^regimewatch_\w+_total/.test(series)) expect(after.get(series), series).toBe(value);
  const [alert] = second.alerts();
  expect(alert).toMatchObject({ name: 'HighBias', state: 'firing', acknowledged: { note: 'seen' } });
  expect(alert!.id).toBe(first.alerts()[0]!.id);
});

test('silence is no good: without windows the verdict is null, and says why', async () => {
  const changed: PageAlert[] = [];
  const feed = await open({ onAlerts: (some) => changed.push(...some) });
  await give(feed, reports.slice(0, 9));
  for (let s = 0; s < 40; s++) {
    now += 1000;
    feed.tick();
  }
  expect(feed.status()).toMatchObject({ verdict: 'null', why: expect.stringContaining('No window') as string });
  expect(changed.map(({ name, state }) => [name, state])).toEqual([['NoData', 'firing']]);
  await give(feed, reports.slice(9, 10));
  expect(feed.status().verdict).toBe('good');
});

test('a stream that has ended is not silent, and reads nothing', async () => {
  let ended = false;
  const feed = await open({ facts: () => ({ ...facts(5000), ended }) });
  await give(feed, reports.slice(0, 9));
  ended = true;
  now += 1e6;
  feed.tick();
  expect(feed.status()).toMatchObject({ verdict: 'good', ended: true, rate: 0 });
  expect(feed.alerts()).toEqual([]);
});

test('a worker that does not close the windows shows them, and leaves their metrics to the one that does', async () => {
  let keeper: FeedFacts['keeper'] = null;
  const feed = await open({ facts: () => ({ ...facts(5000), keeper }) });
  const metricsOf = async (): Promise<string[]> => [...parseExposition(await feed.metrics()).keys()];
  const ofWindows = /^regimewatch_(response_|window|windows_|regime_|corrections_)/;
  await give(feed, reports.slice(0, 12));
  expect(feed.status()).toMatchObject({ verdict: 'bad', windows: 12 });
  expect(feed.alerts()[0]).toMatchObject({ name: 'HighBias', state: 'firing' });
  const without = await metricsOf();
  expect(without.filter((name) => ofWindows.test(name))).toEqual([]);
  expect(without.some((name) => name.startsWith('regimewatch_events_total{'))).toBe(true);
  keeper = { windows: 0, veryLate: 0 };
  expect((await metricsOf()).filter((name) => ofWindows.test(name)).length).toBeGreaterThan(20);
  now += 1e6;
  keeper = null;
  feed.tick();
  expect(feed.status()).toMatchObject({ verdict: 'null', why: expect.stringContaining('No window') as string });
});

test('a share that is not taken up yet is no silence, and nothing was read of it', async () => {
  let takenUp = false;
  let read = 0;
  const changed: string[] = [];
  const feed = await open({
    rules: alertRules(pipeline),
    facts: () => ({ ...facts(read), takenUp }),
    onAlerts: (some) => changed.push(...some.map(({ name, state }) => `${name} ${state}`)),
  });
  const tick = (seconds: number): void => {
    for (let s = 0; s < seconds; s++) {
      now += 1000;
      feed.tick();
    }
  };
  await give(feed, reports.slice(0, 9));
  tick(5);
  [takenUp, read] = [true, 72_000];
  tick(5);
  // A rebalance.
  [takenUp, read] = [false, 0];
  tick(5);
  await give(feed, reports.slice(9, 10));
  tick(5);
  expect(changed).toEqual([]);
  // What is silent is silent nevertheless.
  tick(40);
  expect(changed).toEqual(['NoData firing']);
});
