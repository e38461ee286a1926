import { expect, test } from 'vitest';
import type { FeedFacts } from '../../../runtime/watch/feed_facts.js';
import { boardFamilies, pastFamilies, scrapeFamilies, type Told } from '../../../runtime/watch/feed_families.js';
import type { StoredWindow } from '../../../schemas/page.js';
import { countWindow, NO_WINDOWS } from '../../../sinks/prometheus/count_window.js';
import type { Family } from '../../../sinks/prometheus/family.js';
import { samplesOf } from '../../../sinks/prometheus/samples.js';
import { windowReports } from '../../support/window_reports.js';

const reports = windowReports({ windows: 3, eventsPerWindow: 200 });
const window: StoredWindow = { at: 1.7e12, run: 'r', report: reports[2]! };
const counts = reports.reduce(countWindow, NO_WINDOWS);
const facts: FeedFacts = {
  partitions: [],
  events: { read: 600, used: 600, late: 0, duplicate: 0, rejected: {}, deadLetters: 0 },
  ...{ keeper: { windows: 2, veryLate: 7 }, join: null, models: 'm', probes: [] },
  ...{ retries: 0, restarts: 0, rebalances: 0, ready: true, ended: false },
};
const told = (more: Partial<Told> = {}): Told => ({
  ...{ facts, window, counts, kept: false, version: '0' },
  ...more,
});
const other = { ...facts, keeper: null };

/** The first sample of a family; undefined: it has none. */
const one = (families: readonly Family[], name: string): number | undefined =>
  samplesOf(families, {}).find((sample) => sample.name === `regimewatch_${name}`)?.value;

test('a scrape has the windows of the one who closes them alone, counted as far as they are kept', () => {
  const own = scrapeFamilies(told());
  expect(one(own, 'window_events')).toBe(200);
  expect(one(own, 'windows_total')).toBe(2);
  expect(one(own, 'window_closed_timestamp_seconds')).toBe(1.7e9);
  expect(one(scrapeFamilies(told({ kept: true })), 'windows_total')).toBe(3);
  const elsewhere = scrapeFamilies(told({ facts: other, kept: true }));
  const ofWindows = ['window_events', 'windows_total', 'window_closed_timestamp_seconds', 'regime_events_total'];
  for (const name of ofWindows) expect(one(elsewhere, name), name).toBeUndefined();
  expect(one(elsewhere, 'events_total')).toBe(600);
});

test('counts that are not known yet are not shown, and nothing else is lacking', () => {
  const families = scrapeFamilies(told({ counts: null, window: undefined }));
  for (const name of ['regime_events_total', 'corrections_total']) expect(one(families, name), name).toBeUndefined();
  expect(one(families, 'windows_total')).toBe(2);
});

test('alerts see the windows, whoever closes them, and the events of a share that is taken up', () => {
  for (const each of [facts, other]) {
    const families = boardFamilies(told({ facts: each }), each.events);
    expect(one(families, 'window_events')).toBe(200);
    expect(one(families, 'windows_total')).toBe(3);
    expect(one(families, 'regime_events_total')).toBe(reports.reduce((sum, { regimes }) => sum + regimes[0]!.n, 0));
    expect(one(families, 'events_total')).toBe(600);
  }
  const lost = { ...other, takenUp: false, events: { ...facts.events, read: 0 } };
  expect(one(boardFamilies(told({ facts: lost }), facts.events), 'events_total')).toBe(600);
  const never = boardFamilies(told({ facts: lost }), null);
  expect([one(never, 'events_total'), one(never, 'windows_total')]).toEqual([undefined, undefined]);
  expect(one(never, 'window_events')).toBe(200);
});

test('of a window of before there is the window, and that somebody read', () => {
  const families = pastFamilies(told());
  expect(one(families, 'window_closed_timestamp_seconds')).toBe(1.7e9);
  expect(one(families, 'events_total')).toBe(0);
  expect(one(families, 'consumer_lag_events')).toBeUndefined();
});

test('a stream that has not begun has its last window', () => {
  const begun = told({ facts: null });
  for (const families of [scrapeFamilies(begun), boardFamilies(begun, null)]) {
    expect(one(families, 'window_events')).toBe(200);
    expect(one(families, 'events_total')).toBeUndefined();
  }
});
