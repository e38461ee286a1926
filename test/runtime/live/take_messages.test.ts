import { describe, expect, test } from 'vitest';
import { LostLease } from '../../../runtime/live/live_options.js';
import { peekWindow } from '../../../runtime/live/held_rows.js';
import { save, takeUp, type Owned } from '../../../runtime/live/owned.js';
import { passAll } from '../../../runtime/live/told_windows.js';
import { arrowEncoder } from '../../../sources/wire/arrow/encoder.js';
import { takeMessages } from '../../../runtime/live/take_messages.js';
import { wireStage } from '../../../runtime/live/wire_stage.js';
import type { LogBatch } from '../../../sources/kafka/types.js';
import { EVENTS, liveSettings } from '../../support/live.js';
import { range } from '../../support/live_events.js';
import { bench, put, type Bench } from '../../support/live_worker.js';
import { basePipeline } from '../../support/stage.js';

const loaded = basePipeline('window={ events: 20 }');
const settings = liveSettings();
const stage = wireStage(loaded, EVENTS, 0);
const poison = Buffer.from('nothing that anybody can read');

const up = ({ worker }: Bench): Promise<Owned> =>
  takeUp(loaded, worker.io, settings, 0, worker.events.held, { start: { reco: 0, truth: 0 }, join: null });
const batchOf = (kafka: Bench['kafka'], from: number, to: number): LogBatch => {
  const all = kafka.records(EVENTS);
  return { topic: EVENTS, partition: 0, records: all.slice(from, to), next: to, start: 0, end: all.length };
};
const take = ({ kafka, worker }: Bench, owned: Owned, from: number, to: number): Promise<void> =>
  takeMessages(worker.io, settings.topics, stage, owned, batchOf(kafka, from, to));
const letters = ({ kafka }: Bench): (string | undefined)[] =>
  kafka.records('g.dead-letters').map(({ headers }) => headers.get('offset'));

test('events are in the state, and the position after them', async () => {
  const one = bench(loaded);
  await put(one.kafka, 0, range(0, 5), [], range(5, 7));
  const owned = await up(one);
  one.now = 70;
  owned.idle = owned.ended = true;
  await take(one, owned, 0, 2);
  expect(owned).toMatchObject({ next: 2, position: 2, end: 3, dirty: true, heardAt: 70, idle: false, ended: false });
  expect(owned.partition.counts.used).toBe(5);
  await take(one, owned, 2, 3);
  expect(owned.partition.counts).toEqual({ read: 7, used: 7, late: 0, duplicate: 0 });
});

test('an answer without messages moves the position and wakes nobody', async () => {
  const one = bench(loaded);
  const owned = await up(one);
  one.now = 70;
  await takeMessages(one.worker.io, settings.topics, stage, owned, { ...batchOf(one.kafka, 0, 0), next: 4, end: 4 });
  expect(owned).toMatchObject({ next: 4, position: 4, end: 4, heardAt: 0, dirty: true });
});

describe('messages that cannot be read', () => {
  test('go to the dead letters with place and reason, the others count', async () => {
    const one = bench(loaded);
    await put(one.kafka, 0, range(0, 3), poison, range(3, 5), Buffer.alloc(0));
    const owned = await up(one);
    await take(one, owned, 0, 4);
    expect(owned.partition.counts.used).toBe(5);
    expect(owned).toMatchObject({ bad: 2, next: 4 });
    const [first] = one.kafka.records('g.dead-letters');
    expect(first!.key!.toString()).toBe('events/0/1');
    expect(first!.value).toEqual(poison);
    expect(Object.fromEntries(first!.headers)).toMatchObject({ topic: EVENTS, partition: '0', offset: '1' });
    expect(first!.headers.get('reason')).toContain('neither Avro');
    expect(letters(one)).toEqual(['1', '3']);
  });

  test('once, also if the worker dies before its checkpoint', async () => {
    const one = bench(loaded);
    await put(one.kafka, 0, poison, range(0, 2), poison);
    await take(one, await up(one), 0, 3);
    const again = await up(one);
    await take(one, again, 0, 3);
    expect(letters(one)).toEqual(['0', '2']);
    expect(again).toMatchObject({ bad: 2 });
  });

  test('hold up everything if they cannot be put aside', async () => {
    const one = bench(loaded);
    await put(one.kafka, 0, range(0, 3), poison);
    const owned = await up(one);
    one.refuse = new Error('no room');
    await expect(take(one, owned, 0, 2)).rejects.toThrow('no room');
    expect(owned).toMatchObject({ next: 0, position: 0, bad: 0 });
    expect(owned.partition.counts.read).toBe(0);
  });

  test('are not put aside without a lease', async () => {
    const one = bench(loaded);
    await put(one.kafka, 0, poison);
    const owned = await up(one);
    one.lease = false;
    await expect(take(one, owned, 0, 1)).rejects.toThrow(LostLease);
    expect(one.writes).toEqual([]);
  });
});

test('messages read again are taken only up to what is in the state, and count no more', async () => {
  const one = bench(loaded);
  await put(one.kafka, 0, range(0, 3), poison, range(3, 5), range(5, 9));
  const owned = await up(one);
  owned.next = 3;
  owned.partition.again = owned.partition.floor;
  await take(one, owned, 0, 2);
  expect(owned.position).toBe(2);
  expect(owned.partition.again).not.toBe(null);
  await take(one, owned, 2, 4);
  expect([owned.position, owned.next, owned.partition.again]).toEqual([3, 3, null]);
  expect(owned.partition.counts.read).toBe(0);
  expect(letters(one)).toEqual([]);
  await take(one, owned, 3, 4);
  expect(owned.partition.counts.read).toBe(4);
});

test('what a clock had let pass is late again when it is read again', async () => {
  const one = bench(loaded);
  // Window 0, window 1, a pass by the clock, and then one event more of each.
  await put(one.kafka, 0, range(0, 5), range(20, 25), [5, 25], range(40, 45));
  const owned = await up(one);
  await take(one, owned, 0, 2);
  passAll(owned.partition, owned.next);
  await save(loaded, one.worker.io, settings, owned);
  await take(one, owned, 2, 4);
  expect(owned.partition.counts).toEqual({ read: 17, used: 15, late: 2, duplicate: 0 });
  await save(loaded, one.worker.io, settings, owned);
  const again = await up(one);
  expect([again.position, again.next]).toEqual([0, 4]);
  await take(one, again, 0, 4);
  expect(again.partition.again).toBeNull();
  const rows = (window: number): number =>
    peekWindow(again.partition.held, window, 0).reduce((sum, { length }) => sum + length, 0);
  expect([0, 1, 2].map(rows)).toEqual([5, 5, 5]);
  expect(again.partition.counts.late).toBe(2);
});

test('a message whose columns are no event of the pipeline is a dead letter, not the end', async () => {
  const one = bench(loaded);
  const fields = [{ name: 'gen_pt1', type: 'double' }] as const;
  const bare = arrowEncoder(fields)([Float64Array.of(1, 2)], { from: 0, to: 2 });
  await put(one.kafka, 0, range(0, 3), bare, range(3, 5));
  const owned = await up(one);
  await take(one, owned, 0, 3);
  expect(letters(one)).toEqual(['1']);
  expect(owned.partition.counts.used).toBe(5);
});
