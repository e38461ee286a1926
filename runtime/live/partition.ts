import { addRejections, type Rejections } from '../../operators/batch.js';
import { fillBook, openBook, type Book, type Entry } from '../../operators/summaries/book.js';
import { respond, surveyRows } from '../derive.js';
import { DELTA, SPLIT, surveyEntries } from '../observations.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { WEIGHT, WINDOW } from '../pipeline_plan.js';
import { filterChunk, type SkimChunk } from '../skim.js';
import { responseEntry, RESPONSE, type EventState } from '../state_hash.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { copyFloor, newFloor, type Floor } from './floor.js';
import { toWindows } from './fill_windows.js';
import type { HeldRows } from './held_rows.js';
import type { KeySet } from './key_set.js';
import type { ModelsMessage } from './messages.js';
import { sift } from './sift.js';
import type { windowRowMaker } from './window_book.js';

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
  /** Of each probe, the events that are candidates. */
  readonly picked: readonly SkimChunk[];
  /** Offset of the first message. */
  readonly offset: number;
  /** Whether an identity can come twice. */
  readonly mayRepeat: boolean;
}

/**
 * Takes events in the order of the log: late ones and duplicates of a window are counted and left out, the others go
 * into the survey and into their windows' summaries, or are held back until the windows have their models. Gives those
 * that count.
 */
export function takeEvents(
  partition: Partition,
  { read, rejected, chunk, offset, mayRepeat }: Omit<Arrived, 'picked'>,
): SkimChunk {
  const { counts } = partition;
  const before = copyFloor(partition.floor);
  const { kept, late, duplicate } = sift(partition, partition.floor, chunk, mayRepeat);
  counts.read += read;
  counts.used += kept.length;
  counts.late += late;
  counts.duplicate += duplicate;
  addRejections(partition.rejected, rejected);
  if (kept.length === 0) return kept;
  survey(partition, kept);
  toWindows(partition, kept, offset, before);
  return kept;
}

/** Takes events of messages that are in the state already: only rows that had been held back are wanted. */
export function takeAgain(
  partition: Partition,
  { chunk, offset, mayRepeat }: Pick<Arrived, 'chunk' | 'offset' | 'mayRepeat'>,
): void {
  const floor = partition.again!;
  const before = copyFloor(floor);
  const { kept } = sift(partition, floor, chunk, mayRepeat);
  const window = kept.columns.get(WINDOW)!;
  const above = Uint8Array.from({ length: kept.length }, (_, i) => Number(window[i]! > partition.through));
  toWindows(partition, above.includes(0) ? filterChunk(kept, above) : kept, offset, before);
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
    weight: weight ? weight.subarray(0, chunk.length) : null,
  });
}

export const eventState = ({ counts, rejected, surveyed, response, loaded }: Partition): EventState => ({
  events: { ...counts, rejected },
  surveyed,
  response: loaded.pipeline.response ? (response[RESPONSE]!.state as MomentsState) : null,
});
