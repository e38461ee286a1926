import { WINDOW } from '../pipeline_plan.js';
import type { SkimChunk } from '../skim.js';
import { closeFile } from '../skim_file.js';
import { readStored } from '../stored_chunk.js';
import { copyFloor, type Floor } from './floor.js';
import { addRows, forget, type HeldFrom, type HeldRows, type HeldWindow } from './held_window.js';
import { blockRows, rowsByWindow } from './row_block.js';

export type { HeldFrom, HeldRows } from './held_window.js';

/** A store of which `maxBytes` may be in memory, the rest in a temporary file in `folder`. */
export const heldRows = (maxBytes: number, folder: string): HeldRows => ({
  folder,
  file: null,
  buffer: new ArrayBuffer(0),
  maxBytes,
  bytes: 0,
  logs: new Map(),
  free: [],
});

/**
 * Copies the rows to the windows of the chunk's WINDOW column, in their order. `offset`: the lowest message offset among
 * the rows; `floor`: the log's floor before that message (copied), if reading again needs it (`heldFrom`). An empty chunk
 * changes nothing. A temporary folder that is full or missing is a Problem, after which the store is of no more use.
 */
export function holdRows(held: HeldRows, chunk: SkimChunk, offset: number, floor: Floor | null = null): void {
  if (chunk.length === 0) return;
  const from = { offset, floor: floor && copyFloor(floor) };
  let windows = held.logs.get(chunk.sample);
  if (windows === undefined) held.logs.set(chunk.sample, (windows = new Map<number, HeldWindow>()));
  for (const [number, rows] of rowsByWindow(chunk.columns.get(WINDOW)!, chunk.length)) {
    let window = windows.get(number);
    if (window === undefined) {
      window = { from, rows: 0, stored: [], blocks: [], bytes: 0 };
      windows.set(number, window);
    } else if (offset < window.from.offset) window.from = from;
    addRows(held, window, chunk, rows);
  }
}

/** The rows of a window in the order they were held; none: no chunks. Their columns may be the store's: read only. */
export function peekWindow(held: HeldRows, number: number, sample = 0): SkimChunk[] {
  const window = held.logs.get(sample)?.get(number);
  if (window === undefined) return [];
  const chunks = window.stored.map((stored) => {
    // A buffer for each chunk, since all are asked for at once.
    held.buffer = new ArrayBuffer(0);
    return readStored(held, stored, { columns: stored.names, keys: true });
  });
  for (const block of window.blocks) chunks.push(blockRows(block));
  return chunks;
}

/** The rows of a window in the order they were held, and forgets them; none: no chunks. */
export function takeWindow(held: HeldRows, number: number, sample = 0): SkimChunk[] {
  const chunks = peekWindow(held, number, sample);
  const windows = held.logs.get(sample);
  const window = windows?.get(number);
  if (window !== undefined) {
    forget(held, window);
    windows?.delete(number);
  }
  return chunks;
}

/** Forgets all rows of a log, as when its partition goes to another worker. */
export function dropLog(held: HeldRows, sample = 0): void {
  for (const window of held.logs.get(sample)?.values() ?? []) forget(held, window);
  held.logs.delete(sample);
}

/** Numbers of the windows that hold rows, rising. */
export const windowsHeld = (held: HeldRows, sample = 0): number[] =>
  [...(held.logs.get(sample)?.keys() ?? [])].sort((a, b) => a - b);

/** How many rows wait. */
export function rowsHeld(held: HeldRows, sample = 0): number {
  let rows = 0;
  for (const window of held.logs.get(sample)?.values() ?? []) rows += window.rows;
  return rows;
}

/** From where the log must be read again to hold the same rows; null: nothing is held. */
export function heldFrom(held: HeldRows, sample = 0): HeldFrom | null {
  let least: HeldFrom | null = null;
  for (const { from } of held.logs.get(sample)?.values() ?? [])
    if (least === null || from.offset < least.offset) least = from;
  return least;
}

/** Lowest offset of the rows held; Infinity if none. */
export const lowestOffset = (held: HeldRows, sample = 0): number => heldFrom(held, sample)?.offset ?? Infinity;

export function closeHeld(held: HeldRows): void {
  closeFile(held);
  held.logs.clear();
  held.free.length = 0;
  held.bytes = 0;
}
