import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { hashKey } from '../../../operators/hash.js';
import type { LiveSummary } from '../../../runtime/live/messages.js';
import { summaryOfEnd } from '../../../runtime/live/models_tail.js';
import { LostLease } from '../../../runtime/live/live_options.js';
import type { LoadedPipeline } from '../../../runtime/pipeline_file.js';
import type { WindowReport } from '../../../schemas/window_report.js';
import { fakeKafka } from '../../support/fake_kafka.js';
import {
  EVENTS,
  leave,
  liveSettings,
  numberIn,
  reportsIn,
  stepEvents,
  stepKeeper,
  stepTail,
} from '../../support/live.js';
import { range } from '../../support/live_events.js';
import { bench, put, type Bench } from '../../support/live_worker.js';
import { basePipeline } from '../../support/stage.js';

const PARTITIONS = 4;
const EMPTY = 3;
const WIDTH = 100;
type Logs = readonly (readonly (readonly number[] | Buffer)[])[];

/**
 * Logs with all that can be wrong: events in disorder, some of them late, messages that come twice, at once and much
 * later, messages that nobody can read, and a partition without any.
 */
function spoilt(): Logs {
  const logs: (number[] | Buffer)[][] = Array.from({ length: PARTITIONS }, () => []);
  for (const [p, log] of logs.entries()) {
    if (p === EMPTY) continue;
    const mine = range(0, 12 * WIDTH).filter((event) => hashKey(1, event, 0) % EMPTY === p);
    const place = (event: number): number =>
      event + (hashKey(2, event, 0) % 60) + (hashKey(3, event, 0) % 40 === 0 ? 350 : 0);
    mine.sort((a, b) => place(a) - place(b));
    for (let at = 0; at < mine.length; at += 23) {
      const message = mine.slice(at, at + 23);
      log.push(message);
      const luck = hashKey(4, at, p) % 8;
      if (luck === 0) log.push(message);
      if (luck === 1) log.push(Buffer.from(`poison ${at}`));
      if (luck === 2 && at > 300) log.push(mine.slice(at - 300, at - 290));
    }
  }
  return logs;
}
const LOGS = spoilt();

interface Found {
  readonly summary: LiveSummary;
  readonly reports: Map<string, string>;
  readonly letters: Set<string>;
}

/** Steps in which anything may happen. */
const STORM = 1000;

/** Plays the logs to workers that are killed, leave, lose partitions and wake up as zombies, as `below` decides. */
async function play(loaded: LoadedPipeline, workers: number, below: (n: number) => number): Promise<Found> {
  const kafka = fakeKafka({ [EVENTS]: PARTITIONS, 'g.dead-letters': PARTITIONS }, () => 1 + below(5));
  for (const [p, log] of LOGS.entries()) await put(kafka, p, ...log);
  const settings = liveSettings({ checkpointMs: 3 });
  let now = 0;
  const born = (): Bench => bench(loaded, PARTITIONS, 1, kafka);
  const crowd = Array.from({ length: workers }, born);
  const zombies: Bench[] = [];
  const owners = Array.from({ length: PARTITIONS + 1 }, (_, p) => p % workers);
  for (let step = 0; step < 5000; step++) {
    const me = step % workers;
    const one = crowd[me]!;
    const { worker } = one;
    one.now = now++;
    const mine = new Set(range(0, PARTITIONS).filter((p) => owners[p] === me));
    await stepEvents(loaded, settings, worker, mine);
    await stepKeeper(loaded, settings, worker, owners[PARTITIONS] === me, PARTITIONS);
    await stepTail(loaded, settings, worker);
    const summary = summaryOfEnd(worker.tail, worker.events.owned);
    if (summary) {
      const reports = reportsIn(kafka);
      const letters = range(0, PARTITIONS).flatMap((p) =>
        kafka.records('g.dead-letters', p).map(({ key }) => key!.toString()),
      );
      return { summary, reports, letters: new Set(letters) };
    }
    // Storms pass: while owners change all the time, the end that one has told is not that of the next.
    if (step > STORM) continue;
    const fate = below(30);
    if (fate === 1) crowd[me] = born();
    if (fate === 2) {
      zombies.push(one);
      crowd[me] = born();
    }
    if (fate === 3) {
      await leave(loaded, settings, worker);
      crowd[me] = born();
    }
    if (fate === 4) for (let p = 0; p <= PARTITIONS; p++) owners[p] = below(workers);
    const zombie = zombies[below(1 + zombies.length)];
    if (zombie) await wake(loaded, zombie, below(2) === 0);
  }
  throw new Error('the stream did not end');
}

/** A zombie goes on as if nothing was; where it looks at its lease it writes nothing. */
async function wake(loaded: LoadedPipeline, zombie: Bench, lease: boolean): Promise<void> {
  const settings = liveSettings({ checkpointMs: 0 });
  zombie.lease = lease;
  const before = [zombie.writes.length, zombie.stores];
  const { worker } = zombie;
  const ignore = (error: unknown): void => {
    if (!(error instanceof LostLease)) throw error;
  };
  const had = new Set(worker.events.owned.keys());
  await stepEvents(loaded, settings, worker, had).catch(ignore);
  if (worker.keeper) await stepKeeper(loaded, settings, worker, true, PARTITIONS).catch(ignore);
  if (!lease) expect([zombie.writes.length, zombie.stores]).toEqual(before);
}

const counter = (seed: number) => {
  let n = 0;
  return (below: number): number => hashKey(seed, n++, 0) % below;
};

describe.each([
  ['by number', [`window={ events: ${WIDTH} }`]],
  ['of time', ['columns.time={}', 'window={ time: time, seconds: 2 }']],
  ['by run and luminosity section', ['columns.run={}', 'columns.lumi={}', 'window={ by: [run, lumi] }']],
  ['whose lateness is two', [`window={ events: ${WIDTH}, lateness: 2 }`]],
  ['with refits', [`window={ events: ${WIDTH} }`, 'weight=none', 'online={ learn: 3, every: 2 }']],
])('a spoilt stream in windows %s', (_, overrides) => {
  const loaded = basePipeline(...overrides);
  let alone: Found;
  beforeAll(async () => {
    alone = await play(loaded, 1, () => 0);
  });

  test('accounts for every event, message and window', () => {
    const { events, deadLetters, windows, veryLate } = alone.summary;
    const { read, used, rejected, late, duplicate } = events;
    const poison = LOGS.flatMap((log, p) =>
      log.flatMap((message, offset) => (Buffer.isBuffer(message) ? [`${EVENTS}/${p}/${offset}`] : [])),
    );
    expect(read).toBe(LOGS.flat().reduce((n, message) => n + (Buffer.isBuffer(message) ? 0 : message.length), 0));
    expect(read).toBe(used + late + duplicate);
    expect(rejected).toEqual({});
    expect([late > 0, duplicate > 0, poison.length > 5]).toEqual([true, true, true]);
    expect([deadLetters, veryLate]).toEqual([poison.length, 0]);
    expect(alone.letters).toEqual(new Set(poison));
    expect([windows, alone.reports.size]).toEqual([12, 12]);
    const reports = [...alone.reports.values()].map((text) => JSON.parse(text) as WindowReport);
    expect(reports.reduce((n, report) => n + report.events, 0)).toBe(used);
    expect(reports.at(-1)!.chain).toBe(alone.summary.chain);
  });

  test('leaves the same bits whatever happens to its workers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 3 }), async (seed, workers) => {
        const { summary, reports, letters } = await play(loaded, workers, counter(seed));
        expect(reports).toEqual(alone.reports);
        expect(summary).toEqual(alone.summary);
        expect(letters).toEqual(alone.letters);
      }),
      { numRuns: 3, endOnFailure: true, examples: [[1585158304, 2]] },
    );
  });
});

describe('a partition that falls silent', () => {
  const loaded = basePipeline(`window={ events: ${WIDTH} }`);
  const settings = liveSettings({ untilEnd: false, idleMs: 50, checkpointMs: 1e9 });

  test('holds up nobody; what it brings after the close is very late, and counted in the state', async () => {
    const kafka = fakeKafka({ [EVENTS]: 2, 'g.dead-letters': 2 }, () => 100);
    const one = bench(loaded, 2, 100, kafka);
    const step = async (): Promise<void> => {
      await stepEvents(loaded, settings, one.worker, new Set([0, 1]));
      await stepKeeper(loaded, settings, one.worker, true, 2);
      await stepTail(loaded, settings, one.worker);
    };
    const closed = (): number[] => kafka.records('g.windows').map(({ key }) => Number(numberIn(key!)));
    await put(kafka, 0, ...range(0, 8).map((window) => range(window * WIDTH, (window + 1) * WIDTH)));
    for (let n = 0; n < 4; n++) await step();
    expect(closed()).toEqual([]);
    // Only the other partition is heard of.
    one.now = 40;
    await put(kafka, 0, range(8 * WIDTH, 9 * WIDTH));
    await step();
    one.now = 60;
    for (let n = 0; n < 4; n++) await step();
    expect(closed()).toEqual(range(0, 7));
    await put(kafka, 1, range(0, 5), range(8 * WIDTH, 8 * WIDTH + 3), range(10 * WIDTH, 10 * WIDTH + 1));
    for (let n = 0; n < 3; n++) await step();
    expect(one.worker.keeper!.state.veryLate).toBe(5);
    expect(one.worker.events.owned.get(1)!.partition.counts.used).toBe(9);
    expect(closed()).toEqual(range(0, 7));
  });
});
