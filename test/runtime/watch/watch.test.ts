import { beforeAll, describe, expect, test } from 'vitest';
import { hashKey } from '../../../operators/hash.js';
import { loadPipeline, type LoadedPipeline } from '../../../runtime/pipeline_file.js';
import { replay } from '../../../runtime/replay.js';
import { prepareSamples } from '../../../runtime/samples.js';
import { summaryOfEnd } from '../../../runtime/live/models_tail.js';
import type { WindowReport } from '../../../schemas/window_report.js';
import { fakeKafka } from '../../support/fake_kafka.js';
import {
  EVENTS,
  liveSettings,
  produceGenerated,
  stepEvents,
  stepKeeper,
  stepTail,
  steppedWorker,
} from '../../support/live.js';
import { settings as replaySettings } from '../../support/replay.js';
import { watched } from '../../support/watch.js';

const pipeline = new URL('../../../pipelines/dilepton.yaml', import.meta.url).pathname;
const LIGHT = [
  'response.bins=[400, -1, 1]',
  'spectrum.bins=[12, 60, 120]',
  'context.H_T.bins=[20, 0, 4000]',
  'weight=none',
];
const SAMPLE = 'generator:12000?seed=5&high_pt=0.5';

/** The same events as messages of one partition, taken by a live worker. */
async function throughKafka(loaded: LoadedPipeline): Promise<{ reports: WindowReport[]; stateHash: string }> {
  let now = 0;
  const kafka = fakeKafka({ [EVENTS]: 1, 'g.dead-letters': 1 }, () => 3);
  await produceGenerated(kafka, SAMPLE, 1, 200);
  const worker = steppedWorker(loaded, kafka, () => (now += 1));
  for (;;) {
    await stepEvents(loaded, liveSettings(), worker, new Set([0]));
    await stepKeeper(loaded, liveSettings(), worker, true, 1);
    await stepTail(loaded, liveSettings(), worker);
    const summary = summaryOfEnd(worker.tail, worker.events.owned);
    if (summary === null) continue;
    const reports = kafka.records('g.windows').map(({ value }) => JSON.parse(value!.toString()) as WindowReport);
    return { reports, stateHash: summary.stateHash };
  }
}

describe.each([
  ['models of the first windows', ['window={ events: 1500 }']],
  [
    'refits as windows close',
    ['window={ events: 1500 }', 'online={ learn: 3, every: 2 }', 'local_model.verdict=declared'],
  ],
])('a watched sample with %s', (_, overrides) => {
  let loaded: LoadedPipeline;
  let whole: Awaited<ReturnType<typeof watched>>;
  beforeAll(async () => {
    loaded = await loadPipeline(pipeline, [...LIGHT, ...overrides]);
    whole = await watched(loaded, [SAMPLE]);
  });

  test('gives the reports of the same events through Kafka, bit for bit', async () => {
    const live = await throughKafka(loaded);
    expect(whole.reports.map(({ chain }) => chain)).toEqual(live.reports.map(({ chain }) => chain));
    expect(JSON.stringify(whole.reports)).toBe(JSON.stringify(live.reports));
    expect(whole.summary).toMatchObject({ stateHash: live.stateHash, windows: 8, veryLate: 0, deadLetters: 0 });
  });

  test('leaves the state that a replay leaves', async () => {
    const report = await replay(loaded, await prepareSamples(loaded, [SAMPLE]), replaySettings());
    expect(whole.summary!.stateHash).toBe(report.stateHash);
    expect(whole.summary!.events).toEqual(report.events);
  });

  test.each([1, 2, 3])('whatever the slices are (%i)', async (seed) => {
    let count = 0;
    const { reports } = await watched(loaded, [SAMPLE], { sliceEvents: () => 1 + (hashKey(seed, count++, 0) % 700) });
    expect(reports.map(({ chain }) => chain)).toEqual(whole.reports.map(({ chain }) => chain));
  });
});
