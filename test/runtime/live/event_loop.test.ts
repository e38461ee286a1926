import { beforeAll, describe, expect, test } from 'vitest';
import { forget, reconcile, turn } from '../../../runtime/live/event_loop.js';
import { rowsHeld } from '../../../runtime/live/held_rows.js';
import type { LiveModels } from '../../../runtime/live/live_models.js';
import { LostLease, type LiveSettings } from '../../../runtime/live/live_options.js';
import type { ModelsMessage } from '../../../runtime/live/messages.js';
import { liveSettings } from '../../support/live.js';
import { modelsOf, range, told } from '../../support/live_events.js';
import { bench, put, summariesSaid, words, type Bench } from '../../support/live_worker.js';
import { problemOf } from '../../support/problem_of.js';
import { basePipeline } from '../../support/stage.js';

const loaded = basePipeline('window={ events: 20 }', 'correction=none');
let models: LiveModels;
beforeAll(async () => {
  models = await modelsOf(loaded, range(0, 1200));
});

const live = (more: Partial<LiveSettings> = {}): LiveSettings =>
  liveSettings({ untilEnd: false, checkpointMs: 1e9, ...more });
const own = ({ worker }: Bench, settings: LiveSettings, ...ids: number[]): Promise<void> =>
  reconcile(loaded, worker.io, settings, worker.events, new Set(ids));
const go = ({ worker }: Bench, settings: LiveSettings, known: ModelsMessage | null = null): Promise<number> =>
  turn(loaded, worker.io, settings, worker.events, known);
const saidBy = ({ kafka }: Bench): string[] => words(summariesSaid(kafka, loaded.hash));

describe('what is owned', () => {
  test('follows what is assigned; what went is forgotten with its rows', async () => {
    const one = bench(loaded, 3);
    const settings = live();
    const { events } = one.worker;
    await put(one.kafka, 1, range(0, 10));
    await own(one, settings, 0, 1);
    await go(one, settings);
    expect([[...events.owned.keys()], rowsHeld(events.held, 1)]).toEqual([[0, 1], 10]);
    const before = events.owned.get(0);
    await own(one, settings, 0, 2);
    expect([[...events.owned.keys()], [...events.stages.keys()]]).toEqual([
      [0, 2],
      [0, 2],
    ]);
    expect(events.owned.get(0)).toBe(before);
    expect(rowsHeld(events.held, 1)).toBe(0);
    forget(events, 0);
    expect(events.owned.has(0)).toBe(false);
  });

  test('is not claimed without a lease', async () => {
    const one = bench(loaded);
    one.lease = false;
    await expect(own(one, live(), 0)).rejects.toThrow(LostLease);
    expect([one.stores, one.writes]).toEqual([0, []]);
  });

  test('a partition that another worker has claimed is forgotten, the others go on', async () => {
    const one = bench(loaded, 2);
    const settings = live({ checkpointMs: 0 });
    await put(one.kafka, 0, range(0, 5));
    await put(one.kafka, 1, range(0, 5));
    await own(one, settings, 0, 1);
    await one.kafka.checkpoints.claim('events', 0);
    expect(await go(one, settings)).toBe(2);
    expect([...one.worker.events.owned.keys()]).toEqual([1]);
  });

  test('without a lease nothing is written, whatever is due', async () => {
    const one = bench(loaded);
    const settings = live({ checkpointMs: 0 });
    await put(one.kafka, 0, range(0, 100));
    await own(one, settings, 0);
    const { stores } = one;
    one.lease = false;
    await go(one, settings, told(models));
    expect([one.stores, one.writes, one.worker.events.owned.size]).toEqual([stores, [], 0]);
  });
});

test('the state is saved when it is due, and only then', async () => {
  const one = bench(loaded);
  const settings = live({ checkpointMs: 100 });
  await put(one.kafka, 0, range(0, 5));
  await own(one, settings, 0);
  const { stores } = one;
  one.now = 99;
  await go(one, settings);
  expect(one.stores).toBe(stores);
  one.now = 100;
  await go(one, settings);
  await go(one, settings);
  one.now = 250;
  await go(one, settings);
  expect(one.stores).toBe(stores + 1);
});

describe('a partition at rest', () => {
  test('is idle after the time that was asked for, and awake with its next message', async () => {
    const one = bench(loaded);
    const settings = live({ idleMs: 50 });
    await put(one.kafka, 0, [0, 20]);
    await own(one, settings, 0);
    await go(one, settings, told(models));
    one.now = 49;
    await go(one, settings, told(models));
    expect(saidBy(one)).toEqual(['progress 0 0']);
    one.now = 50;
    await go(one, settings, told(models));
    await go(one, settings, told(models));
    expect(saidBy(one).slice(1)).toEqual(['window 0', 'window 1', 'progress 2 2 idle']);
    // An event of a window that was told is late.
    await put(one.kafka, 0, [1, 45]);
    await go(one, settings, told(models));
    expect(saidBy(one).slice(4)).toEqual(['progress 2 2']);
    expect(one.worker.events.owned.get(0)!.partition.counts).toMatchObject({ used: 3, late: 1 });
  });

  test('is saved before it is told as complete, so that a crash tells the same', async () => {
    const one = bench(loaded);
    const settings = live({ idleMs: 50 });
    await put(one.kafka, 0, [0, 20]);
    await own(one, settings, 0);
    await go(one, settings, told(models));
    one.now = 60;
    one.refuse = new Error('gone');
    await expect(go(one, settings, told(models))).rejects.toThrow('gone');
    const next = bench(loaded, 1, 1000, one.kafka);
    next.now = 1000;
    await own(next, settings, 0);
    await put(one.kafka, 0, [2]);
    await go(next, settings, told(models));
    expect(next.worker.events.owned.get(0)!.partition.counts).toMatchObject({ used: 2, late: 1 });
    expect(saidBy(one).slice(1)).toEqual(['window 0', 'window 1', 'progress 2 2']);
  });

  test('passes no window that is still to come, however often it falls asleep or begins anew', async () => {
    const settings = live({ idleMs: 50 });
    let one = bench(loaded);
    await put(one.kafka, 0, [0]);
    for (let life = 0; life < 4; life++) {
      one = bench(loaded, 1, 1000, one.kafka);
      await own(one, settings, 0);
      for (let n = 0; n < 3; n++) {
        await go(one, settings, told(models));
        one.now += 60;
      }
    }
    await put(one.kafka, 0, [20, 21]);
    await go(one, settings, told(models));
    expect(one.worker.events.owned.get(0)!.partition.counts).toEqual({ read: 3, used: 3, late: 0, duplicate: 0 });
  });

  test('is over at the end of its log, if that is asked for; without any event too', async () => {
    const one = bench(loaded, 2);
    const settings = live({ untilEnd: true });
    await put(one.kafka, 0, [0]);
    await own(one, settings, 0, 1);
    await go(one, settings, told(models));
    expect(saidBy(one)).toEqual([
      ...['window 0', 'state', 'progress Infinity Infinity idle ended'],
      ...['state', 'progress Infinity Infinity idle ended'],
    ]);
    const { length } = one.writes;
    await go(one, settings, told(models));
    expect(one.writes).toHaveLength(length);
  });
});

describe('waiting for models', () => {
  test('a partition reads no further than it may hold back, and gives up after the time for that', async () => {
    const one = bench(loaded, 1, 1);
    const settings = live({ maxHeldRows: 10, modelWaitMs: 5000 });
    await put(one.kafka, 0, range(0, 6), range(6, 12), range(12, 18));
    await own(one, settings, 0);
    expect([await go(one, settings), await go(one, settings), await go(one, settings)]).toEqual([1, 1, 0]);
    expect(rowsHeld(one.worker.events.held, 0)).toBe(12);
    one.now = 5000;
    expect([await go(one, settings), one.worker.events.waiting.size]).toEqual([0, 1]);
    one.now = 5001;
    const { message } = await problemOf(() => go(one, settings));
    expect(message).toMatch(
      /^partition events\/0: has waited 5 s for the models of its next window, 12 events are held back; /,
    );
  });

  test('models end the wait', async () => {
    const one = bench(loaded, 1, 1);
    const settings = live({ maxHeldRows: 10, modelWaitMs: 5000 });
    await put(one.kafka, 0, range(0, 6), range(6, 12), range(12, 18));
    await own(one, settings, 0);
    for (let n = 0; n < 4; n++) await go(one, settings);
    one.now = 9000;
    expect(await go(one, settings, told(models))).toBe(1);
    expect([one.worker.events.waiting.size, rowsHeld(one.worker.events.held, 0)]).toEqual([0, 0]);
  });

  test('rows that were held are read again however many they are', async () => {
    const one = bench(loaded, 1, 1);
    const settings = live({ maxHeldRows: 10, checkpointMs: 0 });
    await put(one.kafka, 0, range(0, 6), range(6, 12), range(12, 18));
    await own(one, settings, 0);
    for (let n = 0; n < 3; n++) await go(one, settings);
    // Its successor may hold less.
    const next = bench(loaded, 1, 1, one.kafka);
    const tighter = { ...settings, maxHeldRows: 3 };
    await own(next, tighter, 0);
    for (let n = 0; n < 3; n++) await go(next, tighter);
    expect(next.worker.events.owned.get(0)!.partition.again).toBe(null);
    await go(next, tighter, told(models));
    await go(next, tighter, told(models));
    expect(next.worker.events.owned.get(0)!.partition.counts).toEqual({ read: 18, used: 18, late: 0, duplicate: 0 });
  });

  test('a partition whose windows were filled before reads on only with models', async () => {
    const one = bench(loaded, 1, 1);
    const settings = live({ checkpointMs: 0, modelWaitMs: 100 });
    await put(one.kafka, 0, range(0, 6), range(6, 12));
    await own(one, settings, 0);
    await go(one, settings, told(models));
    const next = bench(loaded, 1, 1, one.kafka);
    await own(next, settings, 0);
    expect([await go(next, settings), next.worker.events.waiting.size]).toEqual([0, 1]);
    next.now = 101;
    await problemOf(() => go(next, settings));
    expect(await go(next, settings, told(models))).toBe(1);
  });
});
