import { addRejections, type Rejections } from '../../operators/batch.js';
import { fillBook, openBook, type Book, type Entry } from '../../operators/summaries/book.js';
import { cutWeights } from '../../operators/summaries/tally.js';
import { respond, surveyRows } from '../derive.js';
import { DELTA, SPLIT, surveyEntries } from '../observations.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { WEIGHT, WINDOW } from '../pipeline_plan.js';
import { filterChunk, type SkimChunk } from '../skim.js';
import { responseEntry, RESPONSE, type EventState } from '../state_hash.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { copyFloor, floorOf, newFloor, passFloor, type Floor } from './floor.js';
import { holdRows, peekWindow, takeWindow, windowsHeld, type HeldRows } from './held_rows.js';
import { addKey, newKeySet, type KeySet } from './key_set.js';
import { appliedAt } from './close_window.js';
import type { ModelsMessage } from './messages.js';
import { windowBookEntries, windowRowMaker } from './window_book.js';

/** A window that this partition may still add to, or has not told. */
export interface OpenWindow {
  readonly number: number;
  events: number;
  /** null: no event's identity can repeat. */
  keys: KeySet | null;
  /** null: without models. */
  book: Book | null;
}

/** What a partition's log has left: a function of the log, the same for any cut of it into messages read. */
export interface Partition {
  readonly loaded: LoadedPipeline;
  readonly id: number;
  readonly held: HeldRows;
  readonly counts: { read: number; used: number; late: number; duplicate: number };
  readonly rejected: Rejections;
  readonly surveyed: Book;
  readonly response: Book;
  floor: Floor;
  /** While messages are read again: the floor at the one to come. */
  again: Floor | null;
  /** Where a clock has raised the floor, as long as messages from before may be read again. */
  passes: readonly Pass[];
  /** Windows up to this number have been filled; those above hold their rows back. */
  through: number;
  readonly windows: Map<number, OpenWindow>;
  /** Highest window whose rows were sent for learning. */
  shipped: number;
  models: ModelsMessage | null;
  makeRows: ReturnType<typeof windowRowMaker> | null;
  entries: readonly Entry[];
}

/** From this offset on the floor was this one, whatever the log had shown. */
export interface Pass {
  readonly offset: number;
  readonly floor: Floor;
}

/** Most identities of a window in a partition among which duplicates are told. */
export const MOST_KEYS = 2 ** 23;
const DEFAULT_LATENESS = 1;

/** Windows by which an event of a partition may be behind. */
export const latenessOf = ({ pipeline }: LoadedPipeline): number => pipeline.window?.lateness ?? DEFAULT_LATENESS;

export function openPartition(loaded: LoadedPipeline, id: number, held: HeldRows): Partition {
  const { pipeline } = loaded;
  return {
    ...{ loaded, id, held },
    counts: { read: 0, used: 0, late: 0, duplicate: 0 },
    rejected: {},
    surveyed: openBook(surveyEntries(pipeline)),
    response: openBook(pipeline.response ? [responseEntry(pipeline)] : []),
    floor: newFloor(latenessOf(loaded)),
    ...{ again: null, passes: [], through: -Infinity, windows: new Map(), shipped: -Infinity },
    ...{ models: null, makeRows: null, entries: [] },
  };
}

/** Events that messages brought, defined: the rows that are valid, and what was turned away. */
export interface Arrived {
  readonly read: number;
  readonly rejected: Rejections;
  readonly chunk: SkimChunk;
  /** Offset of the first message. */
  readonly offset: number;
  /** Whether an identity can come twice. */
  readonly mayRepeat: boolean;
}

/**
 * Takes events in the order of the log: late ones and duplicates of a window are counted and left out, the others go
 * into the survey and into their windows' summaries, or are held back until the windows have their models.
 */
export function takeEvents(partition: Partition, { read, rejected, chunk, offset, mayRepeat }: Arrived): void {
  const { counts } = partition;
  const before = copyFloor(partition.floor);
  const { kept, late, duplicate } = sift(partition, partition.floor, chunk, mayRepeat);
  counts.read += read;
  counts.used += kept.length;
  counts.late += late;
  counts.duplicate += duplicate;
  addRejections(partition.rejected, rejected);
  if (kept.length === 0) return;
  survey(partition, kept);
  toWindows(partition, kept, offset, before);
}

/** Takes events of messages that are in the state already: only rows that had been held back are wanted. */
export function takeAgain(partition: Partition, { chunk, offset, mayRepeat }: Arrived): void {
  const floor = partition.again!;
  const before = copyFloor(floor);
  const { kept } = sift(partition, floor, chunk, mayRepeat);
  const window = kept.columns.get(WINDOW)!;
  const above = Uint8Array.from({ length: kept.length }, (_, i) => Number(window[i]! > partition.through));
  toWindows(partition, above.includes(0) ? filterChunk(kept, above) : kept, offset, before);
}

function sift(
  partition: Partition,
  floor: Floor,
  chunk: SkimChunk,
  mayRepeat: boolean,
): { kept: SkimChunk; late: number; duplicate: number } {
  const { length: n, keyLo, keyHi } = chunk;
  const window = chunk.columns.get(WINDOW)!;
  const out = new Uint8Array(n);
  const late = passFloor(floor, window, n, out);
  let duplicate = 0;
  if (mayRepeat) {
    let last: OpenWindow | null = null;
    for (let i = 0; i < n; i++) {
      if (out[i] === 1) continue;
      // While messages are read again, windows that were filled have their keys from the checkpoint: no row of theirs is new.
      if (partition.again !== null && window[i]! <= partition.through) continue;
      if (last?.number !== window[i]!) last = openWindow(partition, window[i]!);
      last.keys ??= newKeySet(last.number, MOST_KEYS, largest(partition));
      if (addKey(last.keys, keyLo[i]!, keyHi[i]!)) continue;
      out[i] = 1;
      duplicate++;
    }
  }
  if (late + duplicate === 0) return { kept: chunk, late, duplicate };
  for (let i = 0; i < n; i++) out[i] = 1 - out[i]!;
  return { kept: filterChunk(chunk, out), late, duplicate };
}

/** Keys of the fullest window there is: the next one is likely to have about as many. */
const largest = ({ windows }: Partition): number =>
  [...windows.values()].reduce((most, { keys }) => Math.max(most, keys?.size ?? 0), 0);

function openWindow({ windows }: Partition, number: number): OpenWindow {
  const known = windows.get(number);
  if (known) return known;
  const made: OpenWindow = { number, events: 0, keys: null, book: null };
  windows.set(number, made);
  return made;
}

function survey({ loaded: { pipeline }, surveyed, response }: Partition, chunk: SkimChunk): void {
  const rows = surveyRows(pipeline, chunk);
  fillBook(surveyed, surveyEntries(pipeline), rows);
  if (!pipeline.response) return;
  const delta = new Float64Array(chunk.length);
  respond(chunk.columns.get(pipeline.response.reco)!, chunk.columns.get(pipeline.response.truth)!, chunk.length, delta);
  const weight = chunk.columns.get(WEIGHT);
  fillBook(response, [responseEntry(pipeline)], {
    length: chunk.length,
    columns: new Map([[DELTA, delta]]),
    groups: new Map([[SPLIT, new Uint16Array(chunk.split)]]),
    weight: weight ? cutWeights(weight.subarray(0, chunk.length)) : null,
  });
}

function toWindows(partition: Partition, chunk: SkimChunk, offset: number, floor: Floor): void {
  const { held, id, through } = partition;
  const window = chunk.columns.get(WINDOW)!;
  const numbers = new Set(window.subarray(0, chunk.length));
  for (const number of numbers) openWindow(partition, number);
  const ready = [...numbers].filter((number) => number <= through);
  for (const number of ready) fill(partition, number, numbers.size === 1 ? chunk : rowsOf(chunk, window, number));
  if (ready.length === numbers.size) return;
  const rest =
    ready.length === 0
      ? chunk
      : filterChunk(
          chunk,
          Uint8Array.from({ length: chunk.length }, (_, i) => Number(window[i]! > through)),
        );
  holdRows(held, { ...rest, sample: id }, offset, floor);
}

const rowsOf = (chunk: SkimChunk, window: Float64Array, number: number): SkimChunk =>
  filterChunk(
    chunk,
    Uint8Array.from({ length: chunk.length }, (_, i) => Number(window[i] === number)),
  );

function fill(partition: Partition, number: number, chunk: SkimChunk): void {
  const window = openWindow(partition, number);
  window.book ??= openBook(partition.entries);
  window.events += chunk.length;
  const rows = partition.makeRows!(chunk, appliedAt(partition.models!.applied, number));
  fillBook(window.book, partition.entries, rows);
}

/**
 * Takes in models: windows that have theirs now are filled from the rows held back. Not while rows are read again: a
 * window is filled when all its rows are held.
 */
export function useModels(partition: Partition, message: ModelsMessage): void {
  const { loaded, held, id, models } = partition;
  if (partition.again !== null) return;
  if (models?.models.version !== message.models.version) {
    partition.entries = windowBookEntries(loaded.pipeline, message.models);
    partition.makeRows = windowRowMaker(loaded.pipeline, message.models, partition.entries);
  }
  partition.models = message;
  if (message.through <= partition.through) return;
  partition.through = message.through;
  for (const number of windowsHeld(held, id)) {
    if (number > partition.through) break;
    for (const chunk of takeWindow(held, number, id)) fill(partition, number, chunk);
  }
}

/** False: some windows have been filled, and the models that the next rows need are still to be read. */
export const knowsItsModels = ({ models, through, again }: Partition): boolean =>
  models !== null || through === -Infinity || again !== null;

/** Windows that are complete and filled, rising: to be told, and then forgotten by `forgetWindow`. */
export function completeWindows(partition: Partition): OpenWindow[] {
  const below = floorOf(partition.floor);
  return [...partition.windows.values()]
    .filter(({ number }) => number < below && number <= partition.through)
    .sort((a, b) => a.number - b.number);
}

export function forgetWindow(partition: Partition, number: number): void {
  partition.windows.delete(number);
}

/** Rows of complete windows that were not sent yet, while there are no models. They stay held. */
export function rowsToShip(partition: Partition): { number: number; chunks: SkimChunk[] }[] {
  const below = floorOf(partition.floor);
  const { held, id, shipped } = partition;
  return windowsHeld(held, id)
    .filter((number) => number < below && number > shipped)
    .map((number) => ({ number, chunks: peekWindow(held, number, id) }));
}

/** Lowest window that may still be told, and whose rows may still be sent; `ended`: no event comes any more. */
export function progressOf(partition: Partition, ended: boolean): { done: number; shipped: number } {
  const below = ended ? Infinity : floorOf(partition.floor);
  const untold = [...partition.windows.keys()].reduce((a, b) => Math.min(a, b), below);
  const unshipped = windowsHeld(partition.held, partition.id).find((number) => number > partition.shipped);
  return { done: untold, shipped: Math.min(unshipped ?? below, below) };
}

/**
 * Nothing more will come for the windows there are: they are complete. A later event of theirs is late. Done again it
 * changes nothing: the highest window that was seen is open until it is passed. `offset`: of the next message.
 */
export function passAll(partition: Partition, offset: number): void {
  const { lateness } = partition.floor;
  const highest = [...partition.windows.keys()].reduce((a, b) => Math.max(a, b), -Infinity);
  if (highest < floorOf(partition.floor) || highest === -Infinity) return;
  partition.floor = { lateness, top: Array<number>(lateness + 1).fill(highest + 1) };
  partition.passes = [...partition.passes, { offset, floor: copyFloor(partition.floor) }];
}

export const eventState = ({ counts, rejected, surveyed, response, loaded }: Partition): EventState => ({
  events: { ...counts, rejected },
  surveyed,
  response: loaded.pipeline.response ? (response[RESPONSE]!.state as MomentsState) : null,
});
