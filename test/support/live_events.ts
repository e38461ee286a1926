import { tmpdir } from 'node:os';
import { hashKey } from '../../operators/hash.js';
import { fillBook, openBook, settleBook, type Book } from '../../operators/summaries/book.js';
import { find } from '../../runtime/analyse.js';
import { firstModels } from '../../runtime/live/first_models.js';
import type { LiveModels } from '../../runtime/live/live_models.js';
import { heldRows } from '../../runtime/live/held_rows.js';
import type { ModelsMessage, SummaryMessage } from '../../runtime/live/messages.js';
import { eventState, openPartition, takeEvents, type Arrived } from '../../runtime/live/partition.js';
import { windowBookEntries, windowRowMaker } from '../../runtime/live/window_book.js';
import { wireStage } from '../../runtime/live/wire_stage.js';
import type { LoadedPipeline } from '../../runtime/pipeline_file.js';
import type { Findings } from '../../runtime/report/build.js';
import type { WireBatch } from '../../sources/wire/types.js';
import { arrowEncoder } from '../../sources/wire/arrow/encoder.js';
import { crewOf, settings } from './replay.js';

const evenly = (seed: number, event: number, low: number, high: number): number =>
  low + ((high - low) * hashKey(seed, event, 0)) / 2 ** 32;

/** Columns of base.yaml, and three that windows can be made of: every quantity is a function of the event's number; δ grows with pT. */
const QUANTITIES: Readonly<Record<string, (event: number) => number>> = {
  event: (event) => event,
  gen_pt1: (event) => evenly(1, event, 20, 300),
  gen_pt2: (event) => evenly(2, event, 20, 90),
  gen_eta1: (event) => evenly(3, event, -2.4, 2.4),
  gen_eta2: (event) => evenly(4, event, -2.4, 2.4),
  reco_pt1: (event) => {
    const pt = evenly(1, event, 20, 300);
    const noise = [5, 6, 7, 8].reduce((sum, seed) => sum + evenly(seed, event, -0.5, 0.5), 0);
    return pt * (1 + 0.02 * noise + 1e-4 * pt);
  },
  w: (event) => evenly(9, event, 0.5, 1.5),
  run: (event) => Math.floor(event / 300),
  lumi: (event) => Math.floor(event / 100) % 3,
  time: (event) => event / 50,
};

/** A message of a log: its offset, and the numbers of its events. */
export type NumberedMessage = readonly [offset: number, events: readonly number[]];

type Quantities = Readonly<Record<string, (event: number) => number>>;

/** Neighbouring messages as their decoder gives them together; `other`: quantities that are not as they should be. */
export function wireBatch(messages: readonly NumberedMessage[], other: Quantities = {}): WireBatch {
  const events = messages.flatMap(([, numbers]) => numbers);
  const columns = new Map(
    Object.entries({ ...QUANTITIES, ...other }).map(([name, of]) => [name, Float64Array.from(events, of)]),
  );
  const places = messages.flatMap(([offset, numbers]) => numbers.map((_, i) => offset * 2 ** 16 + i));
  return { length: events.length, columns, position: Float64Array.from(places) };
}

/** Such messages as events of the pipeline. */
export const arrived = (loaded: LoadedPipeline, ...messages: NumberedMessage[]): Arrived =>
  wireStage(loaded, 'events', 0).take(wireBatch(messages));

/** The summaries of a window that holds the events of these numbers, settled. */
export function bookOf(
  loaded: LoadedPipeline,
  models: LiveModels,
  events: readonly number[],
  other: Quantities = {},
): Book {
  const { applied } = told(models);
  const entries = windowBookEntries(loaded.pipeline, models);
  const book = openBook(entries);
  const { chunk } = wireStage(loaded, 'events', 0).take(wireBatch([[0, events]], other));
  fillBook(book, entries, windowRowMaker(loaded.pipeline, models, entries)(chunk, applied[0]!));
  settleBook(book);
  return book;
}

/** What a partition tells of events in the order of their numbers: each window, how far it is, and its end. */
export function summariesOf(
  loaded: LoadedPipeline,
  models: LiveModels,
  partition: number,
  events: readonly number[],
  width: number,
): SummaryMessage[] {
  const windows = [...new Set(events.map((event) => Math.floor(event / width)))];
  const whole = openPartition(loaded, partition, heldRows(2 ** 20, tmpdir()));
  takeEvents(whole, arrived(loaded, [0, events]));
  return [
    ...windows.flatMap((window, i): SummaryMessage[] => {
      const inside = events.filter((event) => Math.floor(event / width) === window);
      const done = windows[i + 1] ?? window + 1;
      return [
        { kind: 'window', partition, window, epoch: 1, events: inside.length, book: bookOf(loaded, models, inside) },
        { kind: 'progress', partition, epoch: 1, shipped: done, done, idle: false, ended: false },
      ];
    }),
    { kind: 'state', partition, epoch: 1, state: eventState(whole), deadLetters: partition, join: null },
    { kind: 'progress', partition, epoch: 1, shipped: Infinity, done: Infinity, idle: true, ended: true },
  ];
}

export const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** Models learned from the events of these numbers. */
export function modelsOf(loaded: LoadedPipeline, events: readonly number[]): Promise<LiveModels> {
  const once = { ...loaded.pipeline };
  delete once.online;
  const { chunk } = arrived(loaded, [0, events]);
  return firstModels({ ...loaded, pipeline: once }, crewOf(1, loaded, [], settings()), [chunk]);
}

/** What the keeper tells who has learned them, before any refit. */
export const told = (models: LiveModels, through = Infinity, closed = -Infinity): ModelsMessage => ({
  ...{ kind: 'models', models, through, closed },
  applied: [
    {
      from: -Infinity,
      version: models.correction?.version ?? models.version,
      map: models.map,
      correction: models.correction,
    },
  ],
});

/** What the passes of a replay find in the events of these numbers, cut into as many chunks over as many shards. */
export async function findingsOf(loaded: LoadedPipeline, events: readonly number[], shards = 1): Promise<Findings> {
  const crew = crewOf(shards, loaded, [], settings());
  const size = Math.ceil(events.length / shards);
  for (const [i, shard] of crew.entries())
    await shard.add(arrived(loaded, [i, events.slice(i * size, (i + 1) * size)]).chunk);
  const { length } = events;
  return find(loaded, crew, { samples: [], read: length, used: length, rejected: {}, identities: [], notes: [] });
}

const FIELDS = Object.keys(QUANTITIES).map((name) => ({ name, type: 'double' as const }));
const encode = arrowEncoder(FIELDS);

/** The events of these numbers as an Arrow message. */
export function arrowMessage(events: readonly number[], other: Quantities = {}): Buffer {
  const { columns, length } = wireBatch([[0, events]], other);
  return Buffer.from(
    encode(
      FIELDS.map(({ name }) => columns.get(name)!),
      { from: 0, to: length },
    ),
  );
}
