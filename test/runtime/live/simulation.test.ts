import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { hashKey } from '../../../operators/hash.js';
import { loadPipeline, type LoadedPipeline } from '../../../runtime/pipeline_file.js';
import { replay } from '../../../runtime/replay.js';
import { prepareSamples } from '../../../runtime/samples.js';
import type { LiveSummary } from '../../../runtime/live/messages.js';
import { summaryOfEnd } from '../../../runtime/live/models_tail.js';
import { settings as replaySettings } from '../../support/replay.js';
import { fakeKafka, type FakeKafka } from '../../support/fake_kafka.js';
import {
  EVENTS,
  leave,
  liveSettings,
  produceGenerated,
  stepEvents,
  stepKeeper,
  stepTail,
  steppedWorker,
  type SteppedWorker,
  reportsIn,
} from '../../support/live.js';

const pipeline = new URL('../../../pipelines/dilepton.yaml', import.meta.url).pathname;
const LIGHT = ['response.bins=[400, -1, 1]', 'spectrum.bins=[12, 60, 120]', 'context.H_T.bins=[20, 0, 4000]'];
const SAMPLE = 'generator:12000?seed=5&high_pt=0.5';
const PARTITIONS = 3;

interface Chance {
  /** A whole number from 0 to n − 1. */
  readonly below: (n: number) => number;
}

/** Numbers that look random, and are the same again for the same seed. */
function hashed(seed: number): Chance {
  let count = 0;
  return { below: (n) => hashKey(seed, count++, 0) % n };
}

const steady: Chance = { below: () => 0 };

/** Steps in which anything may happen. */
const STORM = 1500;

/** Workers take steps in an order that chance gives; some are killed, some leave, some wake up as zombies. */
async function run(
  loaded: LoadedPipeline,
  chance: Chance,
  workers: number,
  spoil: (kafka: FakeKafka) => Promise<void> = () => Promise.resolve(),
): Promise<{ summary: LiveSummary; reports: Map<string, string>; deadLetters: string[] }> {
  let now = 0;
  const kafka = fakeKafka({ [EVENTS]: PARTITIONS, 'g.dead-letters': PARTITIONS }, () => 1 + chance.below(4));
  await produceGenerated(kafka, SAMPLE, PARTITIONS, 200);
  await spoil(kafka);
  const settings = liveSettings();
  const born = (): SteppedWorker => steppedWorker(loaded, kafka, () => (now += 1));
  const crowd = Array.from({ length: workers }, born);
  const zombies: SteppedWorker[] = [];
  const owners = Array.from({ length: PARTITIONS + 1 }, (_, p) => p % workers);
  for (let step = 0; step < 20_000; step++) {
    const who = chance.below(workers) + (workers > 1 ? 0 : step * 0);
    const worker = crowd[workers === 1 ? 0 : (who + step) % workers]!;
    const me = crowd.indexOf(worker);
    const mine = new Set([...Array(PARTITIONS).keys()].filter((p) => owners[p] === me));
    await stepEvents(loaded, settings, worker, mine);
    await stepKeeper(loaded, settings, worker, owners[PARTITIONS] === me, PARTITIONS);
    await stepTail(loaded, settings, worker);
    const summary = summaryOfEnd(worker.tail, worker.events.owned);
    if (summary) {
      const reports = reportsIn(kafka);
      const letters = [...Array(PARTITIONS).keys()].flatMap((p) =>
        kafka.records('g.dead-letters', p).map(({ key }) => key!.toString()),
      );
      return { summary, reports, deadLetters: letters.sort() };
    }
    // Storms pass: while owners change all the time, the end that one has told is not that of the next.
    if (step > STORM) continue;
    const fate = chance.below(40);
    if (fate === 1) {
      // kill -9: what it had not saved is gone.
      crowd[me] = born();
    } else if (fate === 2) {
      // Stopped for so long that others take its partitions; it wakes up later and goes on as if nothing was.
      zombies.push(worker);
      crowd[me] = born();
    } else if (fate === 3) {
      await leave(loaded, settings, worker);
      crowd[me] = born();
    } else if (fate === 4) {
      for (let p = 0; p <= PARTITIONS; p++) owners[p] = chance.below(workers);
    } else if (fate === 5 && zombies.length > 0) {
      const zombie = zombies[chance.below(zombies.length)]!;
      await stepEvents(loaded, settings, zombie, new Set(zombie.events.owned.keys()));
      if (zombie.keeper) await stepKeeper(loaded, settings, zombie, true, PARTITIONS).catch(ignoreFenced);
    }
  }
  throw new Error('the stream did not end');
}

function ignoreFenced(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'Fenced') throw error;
}

describe.each([
  ['models of the first windows', ['window={ events: 1500 }']],
  [
    'refits as windows close',
    ['window={ events: 1500 }', 'online={ learn: 3, every: 2 }', 'local_model.verdict=declared'],
  ],
])('a live stream with %s', (_, overrides) => {
  let loaded: LoadedPipeline;
  let alone: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    loaded = await loadPipeline(pipeline, [...LIGHT, 'weight=none', ...overrides]);
    alone = await run(loaded, steady, 1);
  });

  test('leaves the state that a replay of the same events leaves', async () => {
    const report = await replay(loaded, await prepareSamples(loaded, [SAMPLE]), replaySettings());
    expect(alone.summary.events).toEqual(report.events);
    expect(alone.summary.stateHash).toBe(report.stateHash);
    expect(alone.summary.windows).toBe(8);
    expect(alone.reports.size).toBe(8);
  });

  test('goes on after an end when there is more, and has another end then', async () => {
    let now = 0;
    const kafka = fakeKafka({ [EVENTS]: PARTITIONS, 'g.dead-letters': PARTITIONS }, () => 5);
    const settings = liveSettings();
    const summaries: LiveSummary[] = [];
    for (const from of [0, 6000]) {
      await produceGenerated(kafka, SAMPLE, PARTITIONS, 200, { from, to: from + 6000 });
      const worker = steppedWorker(loaded, kafka, () => (now += 1));
      worker.tail.newsFrom = kafka.records('g.models').length;
      for (let summary = null; summary === null; summary = summaryOfEnd(worker.tail, worker.events.owned)) {
        await stepEvents(loaded, settings, worker, new Set(Array(PARTITIONS).keys()));
        await stepKeeper(loaded, settings, worker, true, PARTITIONS);
        await stepTail(loaded, settings, worker);
      }
      await leave(loaded, settings, worker);
      summaries.push(summaryOfEnd(worker.tail, new Map())!);
    }
    expect(summaries.map(({ events: { read } }) => read)).toEqual([6000, 12000]);
    expect(summaries.map(({ windows, veryLate }) => [windows, veryLate])).toEqual([
      [4, 0],
      [8, 0],
    ]);
  });

  test('gives the same bits whatever is killed, handed over or wakes up again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 4 }), async (seed, workers) => {
        const found = await run(loaded, hashed(seed), workers);
        expect(found.reports).toEqual(alone.reports);
        expect(found.summary).toEqual(alone.summary);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });
});
