import { beforeAll, expect, test } from 'vitest';
import { reconcile, turn } from '../../../runtime/live/event_loop.js';
import type { LiveWorker } from '../../../runtime/live/live.js';
import type { LiveModels } from '../../../runtime/live/live_models.js';
import { liveStatus } from '../../../runtime/live/live_status.js';
import { takeUpKeeper } from '../../../runtime/live/keeper_loop.js';
import { liveSettings } from '../../support/live.js';
import { modelsOf, range, told } from '../../support/live_events.js';
import { bench, put, type Bench } from '../../support/live_worker.js';
import { basePipeline } from '../../support/stage.js';

const loaded = basePipeline('window={ events: 20 }', 'correction=none');
const settings = liveSettings({ untilEnd: false, checkpointMs: 1e9, maxHeldRows: 5 });
let models: LiveModels;
beforeAll(async () => {
  models = await modelsOf(loaded, range(0, 1200));
});

const workerOf = ({ worker }: Bench): LiveWorker => ({
  ...{ loop: worker.events, keeper: worker.keeper, tail: worker.tail, assignment: null },
  ...{ retries: 1, restarts: 2, rebalances: 3 },
});

test('a worker that has nothing yet', () => {
  const one = bench(loaded);
  expect(liveStatus(workerOf(one), null, 0)).toEqual({
    partitions: [],
    events: { read: 0, used: 0, late: 0, duplicate: 0, rejected: {}, deadLetters: 0 },
    ...{
      keeper: null,
      probes: [],
      join: null,
      models: null,
      lastWindow: null,
      retries: 1,
      restarts: 2,
      rebalances: 3,
      assigned: false,
    },
  });
});

test('counts of all its partitions, and how each of them is', async () => {
  const one = bench(loaded, 3);
  await put(one.kafka, 0, [0, 1, 1, 20, 40, 2], [60]);
  await put(one.kafka, 2, Buffer.from('poison'), range(0, 3), range(3, 6), range(6, 9));
  const { io, events } = one.worker;
  one.now = 1000;
  await reconcile(loaded, io, settings, events, new Set([2, 0]));
  await turn(loaded, io, settings, events, null);
  await turn(loaded, io, settings, events, null);
  const status = liveStatus(workerOf(one), null, 3500);
  expect(status.events).toEqual({ read: 16, used: 14, late: 1, duplicate: 1, rejected: {}, deadLetters: 1 });
  expect(status.partitions).toEqual([
    {
      partition: 0,
      next: 2,
      lag: 0,
      watermark: 2,
      rowsHeld: 5,
      waitingForModels: true,
      checkpointAgeSeconds: 2.5,
      idle: false,
    },
    {
      partition: 2,
      next: 4,
      lag: 0,
      watermark: null,
      rowsHeld: 9,
      waitingForModels: true,
      checkpointAgeSeconds: 2.5,
      idle: false,
    },
  ]);
  expect(JSON.parse(JSON.stringify(status))).toEqual(status);
});

test('lag is unknown until the log was seen; models and the keeper are told', async () => {
  const one = bench(loaded);
  const { io, events } = one.worker;
  await reconcile(loaded, io, settings, events, new Set([0]));
  one.worker.tail.models = told(models);
  one.worker.keeper = await takeUpKeeper(loaded, io, settings, 1, 0);
  one.worker.keeper.state.veryLate = 7;
  const worker = { ...workerOf(one), assignment: { generation: 1, partitions: [], kept: [] } };
  expect(liveStatus(worker, null, 0)).toMatchObject({
    ...{ partitions: [{ lag: null }], models: models.version, assigned: true },
    keeper: { windows: 0, veryLate: 7 },
  });
});
