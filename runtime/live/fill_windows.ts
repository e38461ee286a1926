import { fillBook, openBook } from '../../operators/summaries/book.js';
import { WINDOW } from '../pipeline_plan.js';
import { filterChunk, type SkimChunk } from '../skim.js';
import { appliedAt } from './close_window.js';
import { entriesIn } from './earlier_books.js';
import type { Floor } from './floor.js';
import { holdRows, takeWindow, windowsHeld } from './held_rows.js';
import type { ModelsMessage } from './messages.js';
import type { Partition } from './partition.js';
import { openWindow } from './sift.js';
import { windowBookEntries, windowRowMaker } from './window_book.js';

/** Rows go into the summaries of their windows, or are held back until these have their models. */
export function toWindows(partition: Partition, chunk: SkimChunk, offset: number, floor: Floor): void {
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
  fillBook(window.book, entriesIn(window.book, partition.entries), rows);
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
