import { beforeAll, expect, test } from 'vitest';
import { hashKey } from '../../../operators/hash.js';
import type { WindowReport } from '../../../schemas/window_report.js';
import { loadPipeline, type LoadedPipeline } from '../../../runtime/pipeline_file.js';
import type { LiveSummary } from '../../../runtime/live/messages.js';
import type { ProbeStatus } from '../../../runtime/live/live_probes.js';
import { summaryOfEnd } from '../../../runtime/live/models_tail.js';
import { closeExtras, openExtras } from '../../../runtime/live/stage_extras.js';
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

const pipeline = new URL('../../../pipelines/dilepton.yaml', import.meta.url).pathname;
const SETTINGS = [
  ...['response.bins=[400, -1, 1]', 'spectrum.bins=[12, 60, 120]', 'context.H_T.bins=[20, 0, 4000]', 'weight=none'],
  ...['window={ events: 1500 }', 'online={ learn: 3, every: 2 }', 'local_model.verdict=declared'],
];
const PROBE = 'probes.net={ card: ../models/mass_net.card.yaml, size: 3, steps: 2, rate: 0.1, per_window: 60, cpu: 1 }';
const SAMPLE = 'generator:6000?seed=5&high_pt=0.5';
const PARTITIONS = 2;

interface Found {
  readonly summary: LiveSummary;
  readonly reports: readonly WindowReport[];
  readonly probes: readonly ProbeStatus[];
}

/** One worker reads the stream to its end, its probes beside it. */
async function run(loaded: LoadedPipeline, chance: (n: number) => number): Promise<Found> {
  let now = 0;
  const kafka = fakeKafka({ [EVENTS]: PARTITIONS, 'g.dead-letters': PARTITIONS }, () => 1 + chance(4));
  await produceGenerated(kafka, SAMPLE, PARTITIONS, 200);
  const settings = liveSettings();
  let models = (): ReturnType<Parameters<typeof openExtras>[1]['models']> => null;
  const extras = await openExtras(loaded, { models: () => models(), notice: (line) => expect.unreachable(line) });
  const worker = steppedWorker(loaded, kafka, () => (now += 1), undefined, null, extras);
  models = () => worker.tail.models;
  try {
    for (;;) {
      await stepEvents(loaded, settings, worker, new Set(Array(PARTITIONS).keys()));
      await stepKeeper(loaded, settings, worker, true, PARTITIONS);
      await stepTail(loaded, settings, worker);
      const summary = summaryOfEnd(worker.tail, worker.events.owned);
      if (!summary) continue;
      await extras.probes?.settled();
      const reports = kafka
        .records('g.windows')
        .map(({ value }) => JSON.parse(value!.toString()) as WindowReport)
        .sort((a, b) => a.window - b.window);
      return { summary, reports, probes: extras.probes?.status() ?? [] };
    }
  } finally {
    await closeExtras(extras);
  }
}

let plain: Found;
let probed: Found;
beforeAll(async () => {
  plain = await run(await loadPipeline(pipeline, SETTINGS), () => 3);
  let count = 0;
  probed = await run(await loadPipeline(pipeline, [...SETTINGS, PROBE]), (n) => hashKey(7, count++, 0) % n);
}, 240_000);

test('windows and the state at the end are the same bits with probes or without; only the hash of the pipeline is not', () => {
  // A chain covers the hash of the pipeline.
  const [one, other] = [plain, probed].map(({ reports }) =>
    reports.map((report) => ({ ...report, pipelineHash: '', chain: '' })),
  );
  expect(other).toEqual(one);
  expect(one).toHaveLength(4);
  expect(probed.summary.stateHash).toBe(plain.summary.stateHash);
  expect(probed.summary.events).toEqual(plain.summary.events);
  expect(probed.reports[0]!.pipelineHash).not.toBe(plain.reports[0]!.pipelineHash);
});

test('each event of the sample is probed or skipped, in some regime or in none', () => {
  expect(plain.probes).toEqual([]);
  const [{ probe, model, rows }] = probed.probes as [ProbeStatus];
  expect([probe, model]).toEqual(['net', 'mass_net']);
  const chosen = Array.from({ length: 6000 }, (_, event) => new Uint32Array(Float64Array.of(event).buffer)).filter(
    ([lo, hi]) => hashKey(1 ^ 0x5eed_0004, lo!, hi!) < 0.1 * 2 ** 32,
  ).length;
  const all = (regime: boolean): number =>
    rows
      .filter((row) => (row.regime !== 'all') === regime)
      .reduce((sum, { right, wrong, unanswered, skipped }) => sum + right + wrong + unanswered + skipped, 0);
  expect(all(false)).toBe(chosen);
  expect(all(true)).toBe(chosen);
  expect(rows[0]!.right).toBeGreaterThan(0);
  expect(rows[0]!.right).toBeLessThanOrEqual(4 * 60);
});
