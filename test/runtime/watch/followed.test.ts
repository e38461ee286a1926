import { expect, test } from 'vitest';
import { alertRules } from '../../../dashboards/alert_rules.js';
import { recordingRules } from '../../../dashboards/recording_rules.js';
import { loadPipeline } from '../../../runtime/pipeline_file.js';
import { describePage } from '../../../runtime/watch/describe.js';
import { createFeed, type Feed, type FeedOptions } from '../../../runtime/watch/feed.js';
import type { FeedFacts } from '../../../runtime/watch/feed_facts.js';
import { followed } from '../../../runtime/watch/followed.js';
import type { PageAlert, StoredWindow } from '../../../schemas/page.js';
import { parseExposition } from '../../support/exposition.js';
import { windowReports } from '../../support/window_reports.js';

const file = new URL('../../../pipelines/dilepton.yaml', import.meta.url).pathname;
const loaded = await loadPipeline(file, ['alerts.silent_seconds=30']);
const { pipeline } = loaded;
/** A bias comes and is corrected; a window a second, then one after a long silence. */
const closed = windowReports({ windows: 24, eventsPerWindow: 8000, driftFrom: 10, correctedFrom: 16 }).map(
  (report, i): StoredWindow => ({
    ...{ at: 1.7e12 + 1000 * i + (i > 20 ? 60_000 : 0), run: i < 12 ? 'one' : 'two' },
    report: { ...report, pipeline: pipeline.pipeline },
  }),
);
let now = 0;

const FACTS: FeedFacts = {
  partitions: [],
  events: { read: 5, used: 5, late: 0, duplicate: 0, rejected: {}, deadLetters: 0 },
  ...{ keeper: null, join: null, models: 'm', probes: [] },
  ...{ retries: 0, restarts: 0, rebalances: 0, ready: true, ended: false },
};

const open = (more: Partial<FeedOptions> = {}): Promise<Feed> =>
  createFeed({
    description: describePage(loaded, { version: '0.0.0', source: 'a test' }),
    ...{ rules: alertRules(pipeline), records: recordingRules(pipeline), runbooks: 'docs/runbooks/' },
    ...{ history: null, next: null, follows: true, run: 'me', now: () => now, injection: null, facts: () => FACTS },
    ...{ onWindow: () => undefined, onAlerts: () => undefined, notice: () => undefined },
    ...more,
  });
const take = async (feed: Feed, windows: readonly StoredWindow[]): Promise<void> => {
  const taker = followed(feed, { history: false, page: true });
  for (const window of windows) await taker.take(window);
};
/** What an alert says of windows: who fired, and from which one to which. */
const story = (alerts: readonly PageAlert[]): unknown[] =>
  alerts.map(({ name, labels, state, firedWindow, resolvedWindow }) => ({
    ...{ name, labels, state, firedWindow, resolvedWindow },
  }));

test('windows of before and of others are as they were closed, each once', async () => {
  now = 1.8e12;
  const feed = await open();
  const taker = followed(feed, { history: false, page: true });
  expect(taker.wanted()).toEqual({ last: null, most: 2000 });
  await take(feed, closed.slice(0, 9));
  await take(feed, closed.slice(6, 12));
  expect(await feed.windows(0)).toEqual(closed.slice(0, 12));
  expect(taker.wanted().last).toBe(closed[11]!.report);
  expect(feed.has(closed[11]!.report)).toBe(true);
  expect(feed.has({ ...closed[11]!.report, chain: 'other' })).toBe(false);
});

test('as many windows are wanted as are kept', async () => {
  const feed = await open();
  const most = (history: boolean, page: boolean): number => followed(feed, { history, page }).wanted().most;
  expect([most(true, false), most(true, true), most(false, true), most(false, false)]).toEqual([
    10_000, 10_000, 2000, 0,
  ]);
});

test('until it has caught up nothing is said of the stream: no verdict, no alert told, no count', async () => {
  now = 1.8e12;
  const told: PageAlert[] = [];
  const facts = { ...FACTS, keeper: { windows: 24, veryLate: 0 } };
  const feed = await open({ facts: () => facts, onAlerts: (changed) => told.push(...changed) });
  await take(feed, closed.slice(0, 14));
  feed.tick();
  expect([feed.isCaughtUp(), feed.status().verdict]).toEqual([false, 'null']);
  expect(feed.status().why).toContain('still being read');
  const before = parseExposition(await feed.metrics());
  const counters = /^regimewatch_(regime_events|corrections)_total/;
  expect([...before.keys()].filter((name) => counters.test(name) || name.includes('_response_'))).toEqual([]);
  expect(told).toEqual([]);
  now = closed[13]!.at + 1000;
  feed.caughtUp();
  feed.caughtUp();
  expect(feed.status()).toMatchObject({ verdict: 'bad', windows: 14 });
  const events = [...parseExposition(await feed.metrics())].filter(([name]) => name.includes('regime_events_total'));
  expect(events.reduce((sum, [, n]) => sum + n, 0)).toBe(14 * 8000);
});

test('who comes later has the alerts that whoever was there has had', async () => {
  const there = await open({ follows: false });
  for (const window of closed) {
    while (now + 1000 < window.at && now >= closed[0]!.at) {
      now += 1000;
      there.tick();
    }
    now = window.at;
    await there.take(window.report, window);
  }
  const later = await open();
  now = 1.7e12 + 3600_000;
  await take(later, closed);
  const expected = story(there.alerts());
  expect(expected.length).toBeGreaterThan(1);
  expect(expected).toContainEqual(expect.objectContaining({ name: 'NoData', firedWindow: closed[20]!.report.window }));
  expect(story(later.alerts())).toEqual(expected);
  for (const { activeAt } of later.alerts()) expect(activeAt).toBeLessThanOrEqual(closed.at(-1)!.at);
});

test('counts of windows that are not all known begin with what comes', async () => {
  const facts = { ...FACTS, keeper: { windows: 24, veryLate: 0 } };
  const feed = await open({ facts: () => facts });
  now = 1.8e12;
  await take(feed, closed.slice(4, 20));
  feed.caughtUp();
  const counted = async (): Promise<number> =>
    [...parseExposition(await feed.metrics())]
      .filter(([name]) => name.includes('regime_events_total'))
      .reduce((sum, [, n]) => sum + n, 0);
  expect(await counted()).toBe(0);
  await take(feed, closed.slice(20, 21));
  expect(await counted()).toBe(8000);
});

test('the clock of another machine that is ahead does not bring the future', async () => {
  now = 1.7e12;
  const feed = await open();
  feed.caughtUp();
  await take(feed, [{ ...closed[0]!, at: now + 1e6 }]);
  expect((await feed.windows(0)).map(({ at }) => at)).toEqual([now]);
  feed.tick();
  expect(feed.alerts()).toEqual([]);
});
