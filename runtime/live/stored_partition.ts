import type { Rejections } from '../../operators/batch.js';
import type { Book } from '../../operators/summaries/book.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { copyFloor, type Floor } from './floor.js';
import { heldFrom, type HeldRows } from './held_rows.js';
import { restoreKeys, settleKeys, type SettledKeys } from './key_set.js';
import { MOST_KEYS } from './sift.js';
import { openPartition, type OpenWindow, type Partition, type Pass } from './partition.js';

/** Plain data for a checkpoint; rows held back are not in it, but where to read them again. */
export interface StoredPartition {
  readonly counts: Partition['counts'];
  readonly rejected: Rejections;
  readonly surveyed: Book;
  readonly response: Book;
  readonly floor: Floor;
  readonly again: Floor | null;
  readonly passes: readonly Pass[];
  readonly through: number;
  readonly windows: readonly {
    readonly number: number;
    readonly events: number;
    readonly keys: SettledKeys | null;
    readonly book: Book | null;
  }[];
}

export function storePartition(partition: Partition): { state: StoredPartition; from: number | null } {
  const { counts, rejected, surveyed, response, floor, through } = partition;
  const from = heldFrom(partition.held, partition.id);
  const windows = [...partition.windows.values()]
    .filter(({ number }) => number <= through)
    .sort((a, b) => a.number - b.number)
    .map(({ number, events, keys, book }) => ({ number, events, keys: keys && settleKeys(keys), book }));
  const again = from?.floor ?? null;
  const passes = from === null ? [] : partition.passes.filter(({ offset }) => offset > from.offset);
  partition.passes = passes;
  return {
    state: { ...{ counts, rejected, surveyed, response, floor, again, passes, through }, windows },
    from: from?.offset ?? null,
  };
}

export function restorePartition(
  loaded: LoadedPipeline,
  id: number,
  held: HeldRows,
  state: StoredPartition,
): Partition {
  const { counts, rejected, surveyed, response, floor, again, passes, through } = state;
  const windows = new Map(
    state.windows.map(({ number, events, keys, book }): [number, OpenWindow] => [
      number,
      { number, events, keys: keys && restoreKeys(keys, MOST_KEYS), book },
    ]),
  );
  return {
    ...openPartition(loaded, id, held),
    counts: { ...counts },
    rejected: { ...rejected },
    ...{ surveyed, response, floor: copyFloor(floor), again: again && copyFloor(again), passes, through, windows },
  };
}
