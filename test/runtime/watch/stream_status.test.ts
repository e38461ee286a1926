import { expect, test } from 'vitest';
import type { FeedFacts } from '../../../runtime/watch/feed_facts.js';
import { streamStatus } from '../../../runtime/watch/stream_status.js';
import { windowReports } from '../../support/window_reports.js';

const partition = { partition: 0, lag: 30, watermark: 3, rowsHeld: 0, waitingForModels: false };
const facts: FeedFacts = {
  partitions: [
    { ...partition, checkpointAgeSeconds: 2 },
    { ...partition, partition: 1, lag: 12, checkpointAgeSeconds: 5 },
    { ...partition, partition: 2, lag: null, checkpointAgeSeconds: null },
  ],
  events: { read: 100, used: 90, late: 4, duplicate: 1, rejected: { unit: 5 }, deadLetters: 0 },
  ...{ keeper: null, join: null, models: 'm', probes: [] },
  ...{ retries: 0, restarts: 0, rebalances: 0, ready: true, ended: false },
};
const last = windowReports({ windows: 4, eventsPerWindow: 200 })[3]!;

test('lags add up, the oldest checkpoint counts, and what is not known is null', () => {
  expect(streamStatus(facts, last, [])).toMatchObject({ lag: 42, checkpointAgeSeconds: 5, windows: 4, models: 'm' });
  expect(streamStatus({ ...facts, partitions: facts.partitions.slice(2) }, last, [])).toMatchObject({
    ...{ lag: null, checkpointAgeSeconds: null },
    events: { read: 100, used: 90, late: 4, duplicate: 1, rejected: { unit: 5 } },
  });
});

test('a stream that has not begun; one that has ended reads nothing', () => {
  expect(streamStatus(null, undefined, [])).toMatchObject({
    ...{ windows: 0, lag: null, models: null, correction: null, probes: [], ended: false },
    events: { read: 0, used: 0, late: 0, duplicate: 0, rejected: {} },
  });
  expect(streamStatus({ ...facts, ended: true }, last, [])).toMatchObject({ rate: 0, ended: true });
});
