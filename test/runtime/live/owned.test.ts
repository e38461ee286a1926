import { beforeAll, describe, expect, test } from 'vitest';
import type { LiveModels } from '../../../runtime/live/live_models.js';
import { LostLease } from '../../../runtime/live/live_options.js';
import { save, takeUp, tell, type Owned } from '../../../runtime/live/owned.js';
import { eventState, takeEvents } from '../../../runtime/live/partition.js';
import { passAll } from '../../../runtime/live/told_windows.js';
import { useModels } from '../../../runtime/live/fill_windows.js';
import { stateHash } from '../../../runtime/state_hash.js';
import { EVENTS, liveSettings } from '../../support/live.js';
import { arrived, modelsOf, range, told, type NumberedMessage } from '../../support/live_events.js';
import { bench, summariesSaid, words, type Bench } from '../../support/live_worker.js';
import { problemOf } from '../../support/problem_of.js';
import { basePipeline } from '../../support/stage.js';

const WIDTH = 20;
const loaded = basePipeline(`window={ events: ${WIDTH} }`, 'correction=none');
const settings = liveSettings();
const START = { start: { reco: 0, truth: 0 }, join: null };
let models: LiveModels;
beforeAll(async () => {
  models = await modelsOf(loaded, range(0, 1200));
});

const up = ({ worker }: Bench, start = 0): Promise<Owned> =>
  takeUp(loaded, worker.io, settings, 0, worker.events.held, { ...START, start: { reco: start, truth: 0 } });

function take(owned: Owned, ...messages: NumberedMessage[]): void {
  takeEvents(owned.partition, arrived(loaded, ...messages));
  owned.next = owned.position = messages.at(-1)![0] + 1;
  owned.dirty = true;
}
const telling = async (one: Bench, owned: Owned): Promise<string[]> => {
  const before = summariesSaid(one.kafka, loaded.hash).length;
  await tell(loaded, one.worker.io, settings, owned);
  return words(summariesSaid(one.kafka, loaded.hash).slice(before));
};

describe('what a partition tells', () => {
  test('without models: rows of complete windows once, then how far it is, and only news', async () => {
    const one = bench(loaded);
    const owned = await up(one);
    expect(await telling(one, owned)).toEqual(['progress -Infinity -Infinity']);
    take(owned, [0, [0, 20]], [1, [40, 60]]);
    expect(await telling(one, owned)).toEqual(['rows 0', 'rows 1', 'progress 0 2']);
    expect(await telling(one, owned)).toEqual([]);
    take(owned, [2, [80]]);
    expect(await telling(one, owned)).toEqual(['rows 2', 'progress 0 3']);
  });

  test('with models: complete windows once, in rising order, then how far it is', async () => {
    const one = bench(loaded);
    const owned = await up(one);
    useModels(owned.partition, told(models));
    take(owned, [0, [20, 0, 40, 60]]);
    owned.dirty = false;
    expect(await telling(one, owned)).toEqual(['window 0', 'window 1', 'progress 2 2']);
    expect(owned.dirty).toBe(true);
    expect(await telling(one, owned)).toEqual([]);
    const [delta] = summariesSaid(one.kafka, loaded.hash);
    expect(delta).toMatchObject({ partition: 0, epoch: 1, events: 1 });
  });

  test('at the end: all it has, its state before the word that it has ended', async () => {
    const one = bench(loaded);
    const owned = await up(one);
    useModels(owned.partition, told(models));
    take(owned, [0, [0, 20]]);
    passAll(owned.partition, 0);
    owned.ended = owned.idle = true;
    expect(await telling(one, owned)).toEqual([
      'window 0',
      'window 1',
      'state',
      'progress Infinity Infinity idle ended',
    ]);
  });

  test('nothing while rows are read again, and nothing without a lease', async () => {
    const one = bench(loaded);
    const owned = await up(one);
    take(owned, [0, [0, 20, 40]]);
    owned.partition.again = owned.partition.floor;
    expect(await telling(one, owned)).toEqual([]);
    owned.partition.again = null;
    one.lease = false;
    await expect(tell(loaded, one.worker.io, settings, owned)).rejects.toThrow(LostLease);
    expect(one.writes).toEqual([]);
  });

  test('a window is forgotten once the broker has it, not before', async () => {
    const one = bench(loaded);
    const owned = await up(one);
    useModels(owned.partition, told(models));
    take(owned, [0, [0, 20, 40]]);
    one.refuse = new Error('broker: refused');
    await expect(tell(loaded, one.worker.io, settings, owned)).rejects.toThrow('refused');
    expect([...owned.partition.windows.keys()]).toEqual([0, 1, 2]);
    one.refuse = null;
    expect(await telling(one, owned)).toEqual(['window 0', 'progress 1 1']);
  });
});

describe('what is saved', () => {
  test('comes back whole with a higher epoch: state, place, dead letters', async () => {
    const one = bench(loaded);
    const owned = await up(one);
    useModels(owned.partition, told(models));
    take(owned, [0, [0, 1]], [1, [21]]);
    owned.bad = 3;
    await save(loaded, one.worker.io, settings, owned);
    expect([owned.dirty, owned.sequence]).toEqual([false, 1]);
    const back = await up(one, 99);
    expect([back.epoch, back.next, back.position, back.bad]).toEqual([2, 2, 2, 3]);
    expect(stateHash(eventState(back.partition))).toBe(stateHash(eventState(owned.partition)));
    expect([...back.partition.windows.keys()]).toEqual([0, 1]);
  });

  test('rows held back are not in it: they are read again from their first message', async () => {
    const one = bench(loaded);
    const owned = await up(one);
    take(owned, [0, []], [1, [0, 1]]);
    take(owned, [2, [21]]);
    await save(loaded, one.worker.io, settings, owned);
    const back = await up(one);
    expect([back.next, back.position]).toEqual([3, 1]);
    expect(back.partition.again).toEqual({ lateness: 1, top: [] });
  });

  test('is nothing where there is no news, or while rows are read again', async () => {
    const one = bench(loaded);
    const owned = await up(one);
    await save(loaded, one.worker.io, settings, owned);
    take(owned, [0, [0]]);
    owned.partition.again = owned.partition.floor;
    await save(loaded, one.worker.io, settings, owned);
    expect([owned.sequence, owned.dirty]).toEqual([0, true]);
  });

  test('not without a lease, and not under an epoch that was passed', async () => {
    const one = bench(loaded);
    const owned = await up(one);
    take(owned, [0, [0]]);
    one.lease = false;
    const before = one.stores;
    await expect(save(loaded, one.worker.io, settings, owned)).rejects.toThrow(LostLease);
    expect(one.stores).toBe(before);
    one.lease = true;
    await up(one);
    await expect(save(loaded, one.worker.io, settings, owned)).rejects.toThrow(/epoch 2 has claimed it/);
  });

  test('of another pipeline is refused', async () => {
    const one = bench(loaded);
    const owned = await up(one);
    take(owned, [0, [0]]);
    await save(loaded, one.worker.io, settings, owned);
    const other = basePipeline('window={ events: 7 }');
    const { worker } = one;
    const { message } = await problemOf(() => takeUp(other, worker.io, settings, 0, worker.events.held, START));
    expect(message).toContain(`${EVENTS}/0`);
  });
});

test('a partition without a checkpoint begins at the start of its log', async () => {
  expect(await up(bench(loaded), 17)).toMatchObject({ epoch: 1, next: 17, position: 17, idle: false, ended: false });
});
