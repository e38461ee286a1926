import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { NumberColumn } from '../../../operators/batch.js';
import { hashKey } from '../../../operators/hash.js';
import { generateSample } from '../../../runtime/generate.js';
import { loadPipeline, type LoadedPipeline } from '../../../runtime/pipeline_file.js';
import { replay } from '../../../runtime/replay.js';
import { prepareSamples } from '../../../runtime/samples.js';
import type { LiveSummary } from '../../../runtime/live/messages.js';
import { summaryOfEnd } from '../../../runtime/live/models_tail.js';
import { topicsOf } from '../../../runtime/live/live_options.js';
import { truthSides } from '../../../runtime/live/truth_side.js';
import { arrow } from '../../../sources/arrow/arrow.js';
import { arrowEncoder } from '../../../sources/wire/arrow/encoder.js';
import { fakeKafka, type FakeKafka } from '../../support/fake_kafka.js';
import {
  EVENTS,
  GROUP,
  liveSettings,
  reportsIn,
  stepEvents,
  stepKeeper,
  stepTail,
  steppedWorker,
} from '../../support/live.js';
import { settings as replaySettings } from '../../support/replay.js';
import { scratch } from '../../support/scratch.js';

const pipeline = new URL('../../../pipelines/dilepton.yaml', import.meta.url).pathname;
const TRUTH = ['gen_l1_pt', 'gen_l1_eta', 'gen_l1_phi', 'gen_l2_pt', 'gen_l2_eta', 'gen_l2_phi'];
const OVERRIDES = [
  ...['response.bins=[400, -1, 1]', 'spectrum.bins=[12, 60, 120]', 'context.H_T.bins=[20, 0, 4000]', 'weight=none'],
  ...['window={ events: 1000 }', `late_truth={ columns: [${TRUTH.join(', ')}] }`],
];
const RECO = [
  'reco_l1_pt',
  'reco_l1_eta',
  'reco_l1_phi',
  'reco_l2_pt',
  'reco_l2_eta',
  'reco_l2_phi',
  'flavour',
  'event',
];
const PARTITIONS = 2;
const EVENT = 'event';
const file = join(scratch(), 'both.arrow');

type Topic = readonly [topic: string, columns: readonly string[], has: (event: number) => boolean];

/** The sample's events, some columns to one topic and some to another, in messages of different size. */
async function split(kafka: FakeKafka, topics: readonly Topic[]): Promise<void> {
  for (const [t, [topic, names, has]] of topics.entries()) {
    const encode = arrowEncoder(names.map((name) => ({ name, type: 'double' })));
    for await (const { length, columns } of arrow.read(file, names, { batchEvents: 130 + 50 * t })) {
      const event = columns.get(EVENT) as NumberColumn;
      for (let partition = 0; partition < PARTITIONS; partition++) {
        const rows = [...Array(length).keys()].filter(
          (i) => hashKey(3, event[i]!, 0) % PARTITIONS === partition && has(event[i]!),
        );
        const value = encode(
          names.map((name) => columns.get(name) as NumberColumn),
          Uint32Array.from(rows),
        );
        await kafka.writer.write([{ topic, partition, key: null, value }]);
      }
    }
  }
}

async function run(
  loaded: LoadedPipeline,
  below: (n: number) => number,
  hasTruth: (event: number) => boolean,
): Promise<{ summary: LiveSummary; reports: Map<string, string> }> {
  let now = 0;
  const kafka = fakeKafka(
    { [EVENTS]: PARTITIONS, truth: PARTITIONS, 'g.dead-letters': PARTITIONS },
    () => 1 + below(5),
  );
  await split(kafka, [
    [EVENTS, RECO, () => true],
    ['truth', [...TRUTH, EVENT], hasTruth],
  ]);
  const settings = liveSettings({ topics: topicsOf(EVENTS, GROUP, 'truth') });
  const born = () =>
    steppedWorker(
      loaded,
      kafka,
      () => (now += 1),
      () => true,
      truthSides(loaded),
    );
  let worker = born();
  for (let step = 0; step < 5000; step++) {
    await stepEvents(loaded, settings, worker, new Set([0, 1]));
    await stepKeeper(loaded, settings, worker, true, PARTITIONS);
    await stepTail(loaded, settings, worker);
    const summary = summaryOfEnd(worker.tail, worker.events.owned);
    if (summary) {
      const reports = reportsIn(kafka);
      return { summary, reports };
    }
    // kill -9
    if (below(15) === 1) worker = born();
  }
  throw new Error('the stream did not end');
}

const chance = (seed: number) => {
  let count = 0;
  return (n: number) => hashKey(seed, count++, 0) % n;
};

describe('truth on a topic of its own', () => {
  let loaded: LoadedPipeline;
  beforeAll(async () => {
    loaded = await loadPipeline(pipeline, OVERRIDES);
    await generateSample(loaded, 5000, file, () => undefined);
  });

  test('leaves the state of a replay of both together', async () => {
    const { summary } = await run(
      loaded,
      () => 0,
      () => true,
    );
    const report = await replay(loaded, await prepareSamples(loaded, [file]), replaySettings());
    expect(summary.events).toEqual(report.events);
    expect(summary.stateHash).toBe(report.stateHash);
    expect(summary.windows).toBe(5);
  });

  test('events without truth are rejected with the reason, whatever is killed', async () => {
    const hasTruth = (event: number): boolean => event % 50 !== 7;
    const alone = await run(loaded, () => 0, hasTruth);
    expect(alone.summary.events).toEqual({
      ...{ read: 5000, used: 4900, late: 0, duplicate: 0 },
      rejected: { 'truth: none came in time': 100 },
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const found = await run(loaded, chance(seed), hasTruth);
        expect(found.reports).toEqual(alone.reports);
        expect(found.summary).toEqual(alone.summary);
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });
});
