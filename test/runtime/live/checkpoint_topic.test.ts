import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCheckpoint } from '../../../runtime/live/checkpoint.js';
import { parseKey, type RecordKey } from '../../../runtime/live/checkpoint_record.js';
import { topicCheckpoints } from '../../../runtime/live/checkpoint_topic.js';
import { Fenced } from '../../../runtime/live/fenced.js';
import type { Checkpoint } from '../../../runtime/live/types.js';
import { checkpointOf, stampedState } from '../../support/checkpoints.js';
import { memoryTopic } from '../../support/memory_topic.js';
import { problemOf } from '../../support/problem_of.js';

type Topic = ReturnType<typeof memoryTopic>;
const CHUNK = 400;

let claims = 0;
const atOnce = (): Promise<void> => Promise.resolve();
/** `ids` takes the names of its claims. */
const store = (topic: Topic, before = atOnce, most = Infinity, ids: string[] = []) =>
  topicCheckpoints({
    topic: topic.name,
    log: topic.log(before, most),
    writer: topic.writer(before),
    claimId() {
      ids.push(`claim-${++claims}`);
      return ids.at(-1)!;
    },
    chunkBytes: CHUNK,
  });

/** Sequences take turns between a state that fits a record and one of several chunks. */
const sized = (epoch: number, sequence: number, bytes: number): Checkpoint =>
  checkpointOf({ epoch, sequence, next: sequence, from: 0, state: stampedState(1000 * epoch + sequence, bytes) });

const keys = (topic: Topic): string[] => topic.kept[0]!.map(({ key, value }) => (value === null ? `-${key}` : key));
const stripIds = (all: string[]): string[] => all.map((key) => key.replace(/claim-\d+/, 'id'));

describe('checkpoints in a topic', () => {
  it('gives the first claim epoch 1 and no checkpoint, the next one all that was saved', async () => {
    const topic = memoryTopic('checkpoints');
    const one = store(topic);
    expect(await one.claim('events', 0)).toEqual({ epoch: 1, checkpoint: null });
    for (const [sequence, bytes] of [8, 1000, 8, 1500, 700].entries()) {
      await one.save(sized(1, sequence, bytes));
      expect(await one.list('events')).toEqual([sized(1, sequence, bytes)]);
    }
    expect(await store(topic).claim('events', 0)).toEqual({ epoch: 2, checkpoint: sized(1, 4, 700) });
    expect(await store(topic).claim('truth', 0)).toEqual({ epoch: 1, checkpoint: null });
  });

  it('writes chunks to the slot that the last head does not name, then the head', async () => {
    const topic = memoryTopic('checkpoints');
    const one = store(topic);
    await one.claim('events', 0);
    await one.save(sized(1, 0, 500));
    await one.save(sized(1, 1, 500));
    expect(stripIds(keys(topic))).toEqual([
      'events/0/1/claim/id',
      ...['events/0/1/0/0', 'events/0/1/0/1', 'events/0/1/head'],
      ...['events/0/1/1/0', 'events/0/1/1/1', 'events/0/1/head'],
    ]);
    for (const { value } of topic.kept[0]!) expect(value!.length).toBeLessThanOrEqual(CHUNK);
  });

  it('takes lower epochs away once there is a checkpoint of the new one', async () => {
    const topic = memoryTopic('checkpoints');
    const [one, two] = [store(topic), store(topic)];
    await one.claim('events', 0);
    await one.save(sized(1, 0, 500));
    await two.claim('events', 0);
    const before = keys(topic).length;
    await two.save(sized(2, 0, 8));
    expect(stripIds(keys(topic)).slice(before)).toEqual([
      'events/0/2/head',
      ...['-events/0/1/claim/id', '-events/0/1/0/0', '-events/0/1/0/1', '-events/0/1/head'],
    ]);
    topic.compact(0, topic.end(0), true);
    expect(stripIds(keys(topic))).toEqual(['events/0/2/claim/id', 'events/0/2/head']);
    await two.save(sized(2, 1, 8));
    expect((await one.claim('events', 0)).checkpoint).toEqual(sized(2, 1, 8));
  });

  it('gives an epoch to the first of its claims in the log', async () => {
    const topic = memoryTopic('checkpoints');
    const found = await Promise.all(Array.from({ length: 8 }, () => store(topic).claim('events', 0)));
    expect(new Set(found.map(({ epoch }) => epoch)).size).toBe(8);
  });

  it('fences a lower epoch off before it writes, and after', async () => {
    const topic = memoryTopic('checkpoints');
    const zombie = store(topic);
    await zombie.claim('events', 0);
    await zombie.save(sized(1, 0, 8));
    await store(topic).claim('events', 0);
    const end = topic.end(0);
    await expect(zombie.save(sized(1, 1, 8))).rejects.toThrow(Fenced);
    expect(topic.end(0)).toBe(end);

    let writes = 0;
    const two = topicCheckpoints({
      topic: topic.name,
      log: topic.log(atOnce),
      claimId: () => `claim-${++claims}`,
      writer: {
        async write(records) {
          if (++writes === 2) await store(topic).claim('events', 0);
          await topic.writer(atOnce).write(records);
        },
      },
    });
    const { epoch } = await two.claim('events', 0);
    await expect(two.save(sized(epoch, 0, 8))).rejects.toThrow(/epoch 4 has claimed it, this worker's epoch 3 may not/);
    await expect(two.save(sized(epoch - 1, 0, 8))).rejects.toThrow(Fenced);
  });

  it('wants a new claim after a save that failed, and a claim before any', async () => {
    const topic = memoryTopic('checkpoints');
    let broken = false;
    const one = store(topic, () => (broken ? Promise.reject(new Error('the broker is gone')) : Promise.resolve()));
    expect((await problemOf(() => one.save(sized(1, 0, 8)))).message).toMatch(/claim the partition again/);
    await one.claim('events', 0);
    broken = true;
    await expect(one.save(sized(1, 0, 8))).rejects.toThrow('the broker is gone');
    broken = false;
    expect((await problemOf(() => one.save(sized(1, 0, 8)))).message).toMatch(/not held since a save of it failed/);
    expect((await one.claim('events', 0)).epoch).toBe(2);
    await one.save(sized(2, 0, 8));
  });

  it('reads nothing again when nobody else wrote', async () => {
    const topic = memoryTopic('checkpoints');
    const log = topic.log(atOnce);
    let read = 0;
    const one = topicCheckpoints({
      topic: topic.name,
      writer: topic.writer(atOnce),
      claimId: () => `claim-${++claims}`,
      chunkBytes: CHUNK,
      log: {
        ...log,
        async fetch(positions, options) {
          const batches = await log.fetch(positions, options);
          read += batches[0]!.records.length;
          return batches;
        },
      },
    });
    await one.claim('events', 0);
    read = 0;
    for (let sequence = 0; sequence < 10; sequence++) await one.save(sized(1, sequence, 900));
    expect(read).toBe(0);
  });

  it('refuses damage, a stray record and too few partitions in one line each', async () => {
    const topic = memoryTopic('checkpoints');
    const one = store(topic);
    await one.claim('events', 0);
    await one.save(sized(1, 0, 900));
    topic.append(0, 'events/0/1/0/1', Buffer.from('another'));
    const wrong = await problemOf(() => one.claim('events', 0));
    expect(wrong.exitCode).toBe(3);
    expect(wrong.message).toMatch(
      /^checkpoint checkpoints\/0: has chunks that are not those of its sequence 0; restore/,
    );
    topic.append(0, 'events/0/1/0/1', null);
    expect((await problemOf(() => one.claim('events', 0))).message).toMatch(/lacks chunk 1 of the 3 of its sequence 0/);
    topic.append(0, 'events/0/1/head', Buffer.from('{"sequence":'));
    expect((await problemOf(() => one.list('events'))).message).toMatch(/has a head that cannot be read/);
    topic.append(0, 'other', Buffer.from('x'));
    expect((await problemOf(() => one.claim('events', 0))).message).toMatch(
      /^topic checkpoints\/0, offset \d+: its key 'other'/,
    );
    expect((await problemOf(() => one.claim('events', 1))).message).toMatch(
      /^topic checkpoints: has no partition 1; give it as many as topic events has$/,
    );
  });

  it.each<[string, RecordKey | null]>([
    ['events/0/1/head', { topic: 'events', partition: 0, epoch: 1, part: 'head' }],
    ['a.b_c-1/12/345/1/67', { topic: 'a.b_c-1', partition: 12, epoch: 345, part: { slot: 1, chunk: 67 } }],
    ['events/0/2/claim/9b-1', { topic: 'events', partition: 0, epoch: 2, part: { claim: '9b-1' } }],
    ...['', 'events/0/1', 'events/0/1/2/0', 'events/x/1/head', 'e/0/1/head/', '/0/1/head'].map(
      (key): [string, null] => [key, null],
    ),
  ])('parses key %j', (key, parsed) => {
    expect(parseKey(key)).toEqual(parsed);
  });
});

/** What came of the workers of one random run. */
interface Told {
  readonly claimed: { epoch: number; id: string; from: number; to: number; checkpoint: Checkpoint | null }[];
  readonly saved: { checkpoint: Checkpoint; end: number }[];
}

describe('any interleaving of claims, saves, crashes, sleepers and compaction', () => {
  const worker = fc.record({
    /** The operation that it does not survive, and whether that one took effect. */
    dies: fc.integer({ min: 3, max: 60 }),
    sizes: fc.array(fc.constantFrom(8, 300, 500, 1000, 1500), { maxLength: 4 }),
    most: fc.constantFrom(1, 3, Infinity),
  });
  const cleaning = fc.record({ keep: fc.nat(12), forget: fc.boolean() });

  it('loads a checkpoint that was completely written, of the highest epoch that completed one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(worker, { minLength: 2, maxLength: 6 }),
        fc.array(cleaning, { maxLength: 8 }),
        async (scheduler, workers, cleanings) => {
          const topic = memoryTopic('checkpoints');
          const told: Told = { claimed: [], saved: [] };
          const runs = workers.map((each, i) => live(topic, scheduler, `w${i}`, each, told));
          runs.push(
            (async () => {
              for (const { keep, forget } of cleanings) {
                await scheduler.schedule(Promise.resolve(), 'compact');
                topic.compact(0, topic.end(0) - keep, forget);
              }
            })(),
          );
          await scheduler.waitFor(Promise.all(runs));
          const last = topic.end(0);
          const ids: string[] = [];
          const { epoch, checkpoint } = await store(topic, atOnce, Infinity, ids).claim('events', 0);
          told.claimed.push({ epoch, id: ids.at(-1)!, from: last, to: topic.end(0), checkpoint });
          demand(topic, told);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** A worker that claims, saves a few times and claims again when it is fenced off, until it dies or is done. */
async function live(
  topic: Topic,
  scheduler: fc.Scheduler,
  name: string,
  { dies, sizes, most }: { dies: number; sizes: number[]; most: number },
  told: Told,
): Promise<void> {
  let operations = 0;
  const before = async (): Promise<void> => {
    await scheduler.schedule(Promise.resolve(), name);
    if (++operations >= dies) throw new Error('killed');
  };
  const ids: string[] = [];
  const own = store(topic, before, most, ids);
  try {
    for (let turn = 0; turn < 3; turn++) {
      const from = topic.end(0);
      const { epoch, checkpoint } = await own.claim('events', 0);
      told.claimed.push({ epoch, id: ids.at(-1)!, from, to: topic.end(0), checkpoint });
      try {
        for (const [sequence, bytes] of sizes.entries()) {
          const next = sized(epoch, sequence, bytes);
          await own.save(next);
          told.saved.push({ checkpoint: next, end: topic.end(0) });
        }
        return;
      } catch (error) {
        if (!(error instanceof Fenced)) throw error;
      }
    }
  } catch (error) {
    if ((error as Error).message !== 'killed') throw error;
  }
}

function demand(topic: Topic, { claimed, saved }: Told): void {
  expect(new Set(claimed.map(({ epoch }) => epoch)).size).toBe(claimed.length);
  /** Heads in the order of all that was ever written: where each checkpoint became complete. */
  const complete = topic.history[0]!.flatMap(({ offset, key, value }) => {
    const parsed = parseKey(key);
    if (parsed?.part !== 'head' || value === null) return [];
    const inline = value[0] !== 0x7b;
    const { sequence } = inline ? decodeCheckpoint(value, key) : (JSON.parse(value.toString()) as { sequence: number });
    return [{ offset, epoch: parsed.epoch, sequence }];
  });
  const rank = (a: { epoch: number; sequence: number }): number => 1000 * a.epoch + a.sequence;
  for (const { from, to, checkpoint } of claimed) {
    // The newest when the claim began is the least that it may find; what came until it ended, the most.
    const ranks = (end: number): number[] => complete.filter(({ offset }) => offset < end).map(rank);
    const least = Math.max(-1, ...ranks(from));
    const most = Math.max(-1, ...ranks(to));
    const found = checkpoint === null ? -1 : rank(checkpoint);
    expect(found).toBeGreaterThanOrEqual(least);
    expect(found).toBeLessThanOrEqual(most);
    if (checkpoint === null) continue;
    expect(ranks(to)).toContain(found);
    const { stamp, fill } = checkpoint.state as ReturnType<typeof stampedState>;
    expect(stamp).toBe(found);
    for (const value of fill) expect(value).toBe(found);
  }
  /** Where a higher epoch was first claimed. */
  const fence = (epoch: number): number => {
    const higher = topic.history[0]!.filter(({ key }) => key.includes('/claim/') && parseKey(key)!.epoch > epoch);
    return Math.min(Infinity, ...higher.map(({ offset }) => offset));
  };
  for (const { epoch, id } of claimed) {
    const { offset } = topic.history[0]!.find(({ key }) => key.endsWith(`/${id}`))!;
    expect(offset).toBeLessThan(fence(epoch));
  }
  // A save that has resolved came before any higher claim, so each of those finds it.
  for (const { checkpoint, end } of saved) {
    const own = complete.findLast((each) => rank(each) === rank(checkpoint))!;
    expect(own.offset).toBeLessThan(fence(checkpoint.epoch));
    for (const claim of claimed) {
      if (claim.from < end) continue;
      expect(claim.checkpoint === null ? -1 : rank(claim.checkpoint)).toBeGreaterThanOrEqual(rank(checkpoint));
    }
  }
}
