import { expect, test } from 'vitest';
import { reconcile } from '../../../runtime/live/event_loop.js';
import { takeUpKeeper } from '../../../runtime/live/keeper_loop.js';
import type { LiveWorker } from '../../../runtime/live/live.js';
import { liveStatus } from '../../../runtime/live/live_status.js';
import { liveFacts } from '../../../runtime/watch/live_facts.js';
import { liveSettings } from '../../support/live.js';
import { bench } from '../../support/live_worker.js';
import { basePipeline } from '../../support/stage.js';

const loaded = basePipeline('window={ events: 20 }', 'correction=none');
const settings = liveSettings({ untilEnd: false });

test('ready is who has taken up the share that the group has given, and caught up with the windows', async () => {
  const { worker: own } = bench(loaded, 2);
  const worker: LiveWorker = {
    ...{ loop: own.events, keeper: null, tail: own.tail, assignment: null },
    ...{ retries: 0, restarts: 0, rebalances: 0 },
  };
  const now = (isCaughtUp = true) => {
    const facts = liveFacts(worker, liveStatus(worker, null, 0), settings.topics, isCaughtUp);
    return [facts.ready, facts.takenUp, facts.keeper];
  };
  expect(now()).toEqual([false, false, null]);
  worker.assignment = {
    ...{ generation: 1, kept: [] },
    partitions: [
      [settings.topics.events, 0],
      [settings.topics.events, 1],
      [settings.topics.summaries, 0],
    ],
  };
  expect(now()).toEqual([false, false, null]);
  await reconcile(loaded, own.io, settings, own.events, new Set([0, 1]));
  expect(now()).toEqual([false, true, null]);
  worker.keeper = await takeUpKeeper(loaded, own.io, settings, 2, 0);
  expect(now()).toEqual([true, true, { windows: 0, veryLate: 0 }]);
  expect(now(false)).toEqual([false, true, { windows: 0, veryLate: 0 }]);
});
