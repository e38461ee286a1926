import { tmpdir } from 'node:os';
import { hashKey } from '../../operators/hash.js';
import type { LoadedPipeline } from '../../runtime/pipeline_file.js';
import { heldRows } from '../../runtime/live/held_rows.js';
import { eventLoop, forget, reconcile, turn, type EventLoop } from '../../runtime/live/event_loop.js';
import { keep, saveKeeper, takeUpKeeper, type KeeperLoop } from '../../runtime/live/keeper_loop.js';
import { topicsOf, type LiveIo, type LiveSettings } from '../../runtime/live/live_options.js';
import { followModels, modelsTail, type ModelsTail } from '../../runtime/live/models_tail.js';
import { NO_EXTRAS, wantedFields, type StageExtras } from '../../runtime/live/wire_stage.js';
import { save } from '../../runtime/live/owned.js';
import type { NumberColumn } from '../../operators/batch.js';
import { generator } from '../../sources/generator/generator.js';
import { arrowEncoder } from '../../sources/wire/arrow/encoder.js';
import { wireDecoder } from '../../sources/wire/decoder.js';
import { WIRE_LIMITS, type WireDecoder, type WireField } from '../../sources/wire/types.js';
import { Fenced } from '../../runtime/live/fenced.js';
import type { TruthSides } from '../../runtime/live/truth_side.js';
import { crewOf, settings as replaySettings } from './replay.js';
import type { FakeKafka } from './fake_kafka.js';

const TRUTH = ['gen_l1_pt', 'gen_l1_eta', 'gen_l1_phi', 'gen_l2_pt', 'gen_l2_eta', 'gen_l2_phi', 'flavour', 'event'];
export const GROUP = 'g';
export const EVENTS = 'events';

/** Generated events as Arrow messages, by a hash of their number over the partitions; `size` events a message. */
export async function produceGenerated(
  kafka: FakeKafka,
  path: string,
  partitions: number,
  size: number,
  range?: { readonly from: number; readonly to: number },
): Promise<void> {
  const fields = TRUTH.map((name) => ({ name, type: 'double' as const }));
  const encode = arrowEncoder(fields);
  const waiting: number[][][] = Array.from({ length: partitions }, () => []);
  const flush = async (partition: number): Promise<void> => {
    const rows = waiting[partition]!.splice(0);
    const columns: NumberColumn[] = TRUTH.map((_, c) => Float64Array.from(rows, (row) => row[c]!));
    const value = encode(columns, { from: 0, to: rows.length });
    await kafka.writer.write([{ topic: EVENTS, partition, key: null, value }]);
  };
  for await (const { length, columns } of generator.read(path, TRUTH, {
    batchEvents: 4096,
    ...(range ? { range } : {}),
  })) {
    const data = TRUTH.map((name) => columns.get(name) as NumberColumn);
    for (let i = 0; i < length; i++) {
      const row = data.map((column) => column[i]!);
      const partition = hashKey(77, row.at(-1)!, 0) % partitions;
      waiting[partition]!.push(row);
      if (waiting[partition]!.length >= size) await flush(partition);
    }
  }
  for (const [partition, rows] of waiting.entries()) if (rows.length > 0) await flush(partition);
}

export const liveSettings = (more: Partial<LiveSettings> = {}): LiveSettings => ({
  topics: topicsOf(EVENTS, GROUP),
  untilEnd: true,
  checkpointMs: 5,
  idleMs: 0,
  maxHeldRows: 1e6,
  modelWaitMs: 1e9,
  ...more,
});

/** A worker that lives in steps; to kill it is to let go of it. */
export interface SteppedWorker {
  readonly events: EventLoop;
  keeper: KeeperLoop | null;
  readonly tail: ModelsTail;
  readonly io: LiveIo;
}

export function steppedWorker(
  loaded: LoadedPipeline,
  kafka: FakeKafka,
  clock: () => number,
  lease = () => true,
  sides: TruthSides | null = null,
  extras: StageExtras = NO_EXTRAS,
): SteppedWorker {
  const decoder = (needed: readonly WireField[]): WireDecoder =>
    wireDecoder({ needed, schemas: [], limits: WIRE_LIMITS });
  return {
    events: eventLoop(heldRows(2 ** 22, tmpdir()), sides, extras),
    keeper: null,
    tail: modelsTail(),
    io: {
      ...{ log: kafka.log, writer: kafka.writer, checkpoints: kafka.checkpoints, keeperCheckpoints: kafka.checkpoints },
      decoder: decoder(sides?.wanted.reco ?? wantedFields(loaded)),
      truthDecoder: sides && decoder(sides.wanted.truth),
      ...{ lease, clock, notice: () => undefined },
    },
  };
}

export async function stepEvents(
  loaded: LoadedPipeline,
  settings: LiveSettings,
  worker: SteppedWorker,
  assigned: ReadonlySet<number>,
): Promise<void> {
  await reconcile(loaded, worker.io, settings, worker.events, assigned);
  await turn(loaded, worker.io, settings, worker.events, worker.tail.models);
}

export async function stepKeeper(
  loaded: LoadedPipeline,
  settings: LiveSettings,
  worker: SteppedWorker,
  owns: boolean,
  partitions: number,
): Promise<void> {
  if (!owns) {
    worker.keeper = null;
    return;
  }
  try {
    worker.keeper ??= await takeUpKeeper(loaded, worker.io, settings, partitions, 0);
    await keep(loaded, worker.io, settings, worker.keeper, () => crewOf(1, loaded, [], replaySettings()));
  } catch (error) {
    // Another worker was the keeper in between: this one begins anew.
    if (!(error instanceof Fenced)) throw error;
    worker.keeper = null;
  }
}

export const stepTail = (loaded: LoadedPipeline, settings: LiveSettings, worker: SteppedWorker): Promise<boolean> =>
  followModels(loaded, worker.io.log, settings.topics.models, worker.tail);

/** Number of a window → the last report of it in the log. */
export const reportsIn = (kafka: FakeKafka): Map<string, string> =>
  new Map(kafka.records(`${GROUP}.windows`).map(({ key, value }) => [numberIn(key!), value!.toString()]));

/** The window that a key of the reports' log names. */
export const numberIn = (key: Buffer): string => key.toString().split('/')[0]!;

/** What a worker does that leaves in good order. */
export async function leave(loaded: LoadedPipeline, settings: LiveSettings, worker: SteppedWorker): Promise<void> {
  for (const owned of worker.events.owned.values()) await save(loaded, worker.io, settings, owned);
  if (worker.keeper) await saveKeeper(loaded, worker.io, settings, worker.keeper);
  for (const id of [...worker.events.owned.keys()]) forget(worker.events, id);
}
