import { storedChunk, type SummaryMessage } from './messages.js';
import type { JoinTotals } from './joined_log.js';
import { eventState, type Partition } from './partition.js';
import { completeWindows, forgetWindow, progressOf, rowsToShip } from './told_windows.js';

/** Who tells the keeper of a partition. */
export interface Teller {
  readonly partition: Partition;
  readonly epoch: number;
  /** Messages among the dead letters. */
  readonly bad: number;
  idle: boolean;
  ended: boolean;
  /** Whether there is something to save. */
  dirty: boolean;
  /** What was last told of its progress. */
  told: string;
}

/**
 * What a partition has to tell, each with its key: rows to learn from, deltas of windows that are complete, progress, and
 * at its end what its events left. Whoever takes one has told it when the next is asked for: what is told is forgotten.
 */
export function* tellings(teller: Teller, join: JoinTotals | null): Generator<readonly [SummaryMessage, string]> {
  const { partition, epoch, ended, idle } = teller;
  const { id } = partition;
  // While rows are read again, the windows that hold some back are not all known.
  if (partition.again !== null) return;
  if (partition.models === null) {
    for (const { number, chunks } of rowsToShip(partition)) {
      const stored = chunks.map(storedChunk);
      yield [{ kind: 'rows', partition: id, window: number, epoch, chunks: stored }, `rows/${number}/${id}`];
      partition.shipped = number;
    }
  }
  for (const { number, events, book } of completeWindows(partition)) {
    yield [{ kind: 'window', partition: id, window: number, epoch, events, book: book! }, `window/${number}/${id}`];
    forgetWindow(partition, number);
    teller.dirty = true;
  }
  const progress = progressOf(partition, ended);
  const words = JSON.stringify([String(progress.done), String(progress.shipped), idle, ended]);
  if (words === teller.told) return;
  if (ended && progress.done === Infinity) {
    const state = eventState(partition);
    yield [{ kind: 'state', partition: id, epoch, state, deadLetters: teller.bad, join }, `state/${id}`];
  }
  yield [{ kind: 'progress', partition: id, epoch, ...progress, idle, ended }, `progress/${id}`];
  teller.told = words;
}
