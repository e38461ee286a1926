import { beforeAll, describe, expect, test } from 'vitest';
import { keep, saveKeeper, takeUpKeeper, type KeeperLoop } from '../../../runtime/live/keeper_loop.js';
import type { LiveModels } from '../../../runtime/live/live_models.js';
import { LostLease } from '../../../runtime/live/live_options.js';
import {
  storedChunk,
  type EndMessage,
  type ModelsMessage,
  type SummaryMessage,
} from '../../../runtime/live/messages.js';
import { toParts } from '../../../runtime/live/parts.js';
import { windowReportSchema } from '../../../schemas/window_report.js';
import { fakeKafka, type FakeKafka } from '../../support/fake_kafka.js';
import { liveSettings, reportsIn } from '../../support/live.js';
import { arrived, modelsOf, range, summariesOf } from '../../support/live_events.js';
import { bench, saidIn, type Bench } from '../../support/live_worker.js';
import { problemOf } from '../../support/problem_of.js';
import { crewOf, settings as replaySettings } from '../../support/replay.js';
import { basePipeline } from '../../support/stage.js';

const WIDTH = 300;
const WINDOWS = 6;
const loaded = basePipeline(`window={ events: ${WIDTH} }`, 'correction=none');
const settings = liveSettings({ checkpointMs: 1e9 });
let log: SummaryMessage[];
let models: LiveModels;
beforeAll(async () => {
  // Rows of the first four windows, and all windows of one partition.
  models = await modelsOf(loaded, range(0, 4 * WIDTH));
  const rows = range(0, 4).map((window): SummaryMessage => {
    const { chunk } = arrived(loaded, [window, range(window * WIDTH, (window + 1) * WIDTH)]);
    return { kind: 'rows', partition: 0, window, epoch: 1, chunks: [storedChunk(chunk)] };
  });
  const shipped: SummaryMessage = {
    kind: 'progress',
    partition: 0,
    epoch: 1,
    shipped: 4,
    done: 0,
    idle: false,
    ended: false,
  };
  log = [...rows, shipped, ...summariesOf(loaded, models, 0, range(0, WINDOWS * WIDTH), WIDTH)];
});

async function tellAll(kafka: FakeKafka, messages: readonly SummaryMessage[]): Promise<void> {
  for (const message of messages) {
    await kafka.writer.write(
      toParts(message, loaded.hash).map((part) => ({ topic: 'g.summaries', partition: 0, key: null, ...part })),
    );
  }
}
const up = ({ worker }: Bench): Promise<KeeperLoop> => takeUpKeeper(loaded, worker.io, settings, 1, 0);
const turn = (one: Bench, loop: KeeperLoop) =>
  keep(loaded, one.worker.io, settings, loop, () => crewOf(1, loaded, [], replaySettings()));
const said = (kafka: FakeKafka) => saidIn(kafka, 'g.models', loaded.hash) as unknown as (ModelsMessage | EndMessage)[];

async function whole(): Promise<FakeKafka> {
  const kafka = fakeKafka({}, () => 1000);
  await tellAll(kafka, log);
  const one = bench(loaded, 1, 1000, kafka);
  await turn(one, await up(one));
  return kafka;
}

test('learns, closes, reports, and says the end', async () => {
  const kafka = await whole();
  const reports = [...reportsIn(kafka).values()].map((text) => windowReportSchema.parse(JSON.parse(text)));
  expect(reports.map(({ window, events, models: of }) => [window, events, of])).toEqual(
    range(0, WINDOWS).map((window) => [window, WIDTH, models.version]),
  );
  const [first, last] = [said(kafka)[0]!, said(kafka).at(-1)!];
  expect(first).toMatchObject({ kind: 'models', through: Infinity });
  expect(last).toMatchObject({
    kind: 'end',
    summary: {
      events: { read: WINDOWS * WIDTH },
      windows: WINDOWS,
      models: models.version,
      chain: reports.at(-1)!.chain,
    },
  });
});

test('each report is under its window and the epoch of its keeper, with who closed it; the next keeper writes it again', async () => {
  const kafka = fakeKafka({}, () => 1000);
  await tellAll(kafka, log);
  const written = (): unknown[] => kafka.records('g.windows').map(({ key, headers }) => [key!.toString(), headers]);
  for (const run of ['one', 'two']) {
    const one = bench(loaded, 1, 1000, kafka);
    const before = written().length;
    const crew = () => crewOf(1, loaded, [], replaySettings());
    await keep(loaded, one.worker.io, settings, await up(one), crew, ({ window }) => {
      // Told before it is written.
      expect(written()).toHaveLength(before + window);
      return { at: 100 + window, run };
    });
  }
  const closing = (epoch: number, run: string) =>
    range(0, WINDOWS).map((window) => [
      `${window}/${epoch}`,
      new Map(Object.entries({ epoch: String(epoch), at: String(100 + window), run })),
    ]);
  expect(written()).toEqual([...closing(1, 'one'), ...closing(2, 'two')]);
  const texts = kafka.records('g.windows').map(({ value }) => value!.toString());
  expect(texts.slice(WINDOWS)).toEqual(texts.slice(0, WINDOWS));
});

test('the same however the log is fetched, and wherever it dies: between any two turns', async () => {
  const expected = await whole();
  for (const most of [1, 3, 7]) {
    const kafka = fakeKafka({}, () => most);
    await tellAll(kafka, log);
    let one = bench(loaded, 1, most, kafka);
    let loop = await up(one);
    for (let step = 0; !loop.ended; step++) {
      await turn(one, loop);
      if (step % 3 === 1) await saveKeeper(loaded, one.worker.io, settings, loop);
      // Killed: its successor begins where the last checkpoint is.
      if (step % 4 !== 2 || step > 40) continue;
      one = bench(loaded, 1, most, kafka);
      loop = await up(one);
    }
    expect(reportsIn(kafka)).toEqual(reportsIn(expected));
    expect(said(kafka).at(-1)).toEqual(said(expected).at(-1));
  }
}, 60_000);

describe('without a lease', () => {
  test('nothing is claimed, written or saved', async () => {
    const one = bench(loaded);
    await tellAll(one.kafka, log);
    one.lease = false;
    await expect(up(one)).rejects.toThrow(LostLease);
    one.lease = true;
    const loop = await up(one);
    one.lease = false;
    const { stores } = one;
    await expect(turn(one, loop)).rejects.toThrow(LostLease);
    await expect(saveKeeper(loaded, one.worker.io, settings, loop)).rejects.toThrow(LostLease);
    expect([one.writes, one.stores]).toEqual([[], stores]);
  });
});

test('nothing is saved before there are models, nor without news', async () => {
  const one = bench(loaded);
  await tellAll(one.kafka, log.slice(0, 2));
  const loop = await up(one);
  const { stores } = one;
  await turn(one, loop);
  await saveKeeper(loaded, one.worker.io, settings, loop);
  expect(one.stores).toBe(stores);
  await tellAll(one.kafka, log.slice(2, 5));
  await turn(one, loop);
  await saveKeeper(loaded, one.worker.io, settings, loop);
  await saveKeeper(loaded, one.worker.io, settings, loop);
  expect(one.stores).toBe(stores + 1);
});

test('models are told again only when there is news of them', async () => {
  const one = bench(loaded);
  await tellAll(one.kafka, log.slice(0, 5));
  const loop = await up(one);
  await turn(one, loop);
  await turn(one, loop);
  expect(said(one.kafka)).toHaveLength(1);
});

test('the checkpoint of another pipeline is refused', async () => {
  const one = bench(loaded);
  await tellAll(one.kafka, log);
  const loop = await up(one);
  await turn(one, loop);
  await saveKeeper(loaded, one.worker.io, settings, loop);
  const other = basePipeline('window={ events: 7 }');
  const { message } = await problemOf(() => takeUpKeeper(other, one.worker.io, settings, 1, 0));
  expect(message).toContain('g.summaries');
});
