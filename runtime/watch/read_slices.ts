import type { Batch, Rejections } from '../../operators/batch.js';
import { sources } from '../../sources/index.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { readAhead } from '../read_ahead.js';
import { sourceOptions } from '../sample_stage.js';
import type { PreparedSample } from '../samples.js';
import { sliceBatch } from './slice_batch.js';

/** Where the reading of a sample stands. Plain data. */
export interface Place {
  /** Events at positions below are in the state. */
  readonly next: number;
  /** Batches of the source whose rejections are counted; of a sample that is read from its start each time. */
  readonly batches: number;
}

export const START: Place = { next: 0, batches: 0 };

/** A few events of a sample in the order of the file. */
export interface Slice {
  readonly batch: Batch;
  /** These events are in the state: only rows that had been held back are wanted. */
  readonly again: boolean;
  /** Turned away by the source, and not counted before. */
  readonly rejected: Rejections;
  /** Position of the first event. */
  readonly offset: number;
  readonly place: Place;
  /** Of the file, since the last slice. */
  readonly bytes: number;
}

/** Events of a batch of the source: it does not change with the pace, so that a sample is cut the same after a restart. */
const BATCH_EVENTS = 8192;

/**
 * Reads a sample on from a place, in slices of at most `sliceEvents()` events (asked for anew each time); first the events
 * at positions `from` ≤ p < place.next once more. A format that can only be read from its start is, up to there.
 */
export async function* readSlices(
  { pipeline }: LoadedPipeline,
  { bind, ranges, info }: PreparedSample,
  columns: readonly string[],
  { place, from, sliceEvents }: { readonly place: Place; readonly from: number; readonly sliceEvents: () => number },
): AsyncGenerator<Slice, undefined> {
  let bytes = 0;
  let bytesTold = 0;
  let batches = 0;
  let now = place;
  const read = sources[bind.format]!.read(bind.path, columns, {
    ...sourceOptions(pipeline, bind),
    ...(ranges && from > 0 ? { range: { from, to: Math.max(from, info.events ?? Number.MAX_SAFE_INTEGER) } } : {}),
    batchEvents: BATCH_EVENTS,
    onBytes: (done) => (bytes = done),
  });
  for await (const batch of readAhead(read)) {
    batches++;
    // A format that can be read from anywhere turns nothing away.
    let rejected = ranges || batches > place.batches ? batch.rejected : undefined;
    const known = rowAt(batch, place.next);
    let row = rowAt(batch, from);
    while (row < batch.length || rejected) {
      const again = row < known;
      const to = Math.min(again ? known : batch.length, row + Math.max(1, sliceEvents()));
      const offset = to > row ? positionOf(batch, row) : now.next;
      if (!again)
        now = {
          next: to > row ? positionOf(batch, to - 1) + 1 : now.next,
          batches: Math.max(batches, place.batches),
        };
      yield {
        ...{ batch: sliceBatch(batch, row, to), again, rejected: again ? {} : (rejected ?? {}) },
        ...{ offset, place: now, bytes: bytes - bytesTold },
      };
      if (!again) rejected = undefined;
      bytesTold = bytes;
      row = to;
    }
  }
}

const positionOf = ({ start, positions }: Batch, row: number): number => positions?.[row] ?? start + row;

/** The first row at or above a position; positions rise. */
function rowAt(batch: Batch, position: number): number {
  let [low, high] = [0, batch.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (positionOf(batch, middle) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
