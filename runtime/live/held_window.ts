import { ftruncateSync } from 'node:fs';
import type { SkimChunk } from '../skim.js';
import type { SkimFile } from '../skim_file.js';
import { bytesOf, writeChunk, type StoredChunk } from '../stored_chunk.js';
import { freeExtent, takeExtent, type Extents } from './extents.js';
import type { Floor } from './floor.js';
import { appendRows, blockRows, hasRoom, newBlock, type Block } from './row_block.js';

/**
 * Rows that wait, by the log they come from (the chunk's `sample`) and their window. In memory up to `maxBytes` for the
 * whole store; beyond it the windows with most in memory go to a temporary file, whose room is used again when windows
 * are taken. Not for checkpoints: after a restart the rows are read again (`heldFrom`).
 */
export interface HeldRows extends SkimFile {
  readonly maxBytes: number;
  /** Of all blocks in memory; never above `maxBytes`. */
  bytes: number;
  readonly logs: Map<number, Map<number, HeldWindow>>;
  readonly free: Extents;
}

/** From where a log must be read again: the offset, and the log's floor before the message there. */
export interface HeldFrom {
  readonly offset: number;
  readonly floor: Floor | null;
}

export interface HeldWindow {
  from: HeldFrom;
  rows: number;
  /** Rows in the file, and after them those in memory; only the last block has room. */
  stored: StoredChunk[];
  blocks: Block[];
  bytes: number;
}

const LEAST_ROWS = 64;
const MOST_ROWS = 8192;

/** Appends the chunk's rows of these numbers to a window of the store. */
export function addRows(held: HeldRows, window: HeldWindow, chunk: SkimChunk, rows: Uint32Array): void {
  const names = chunk.columns.size;
  const bounded = Math.min(MOST_ROWS, Math.floor(held.maxBytes / 4 / bytesOf(names, 1)));
  for (let at = 0; at < rows.length;) {
    let block = window.blocks.at(-1);
    if (block === undefined || !hasRoom(block, chunk)) {
      if (bounded < LEAST_ROWS) {
        spill(held, window);
        block = newBlock(chunk, rows.length - at);
        at += appendRows(block, chunk, rows, at);
        window.stored.push(store(held, blockRows(block)));
        continue;
      }
      // As large as the window is already: few blocks, and half of the room at most unused.
      const capacity = Math.min(bounded, Math.max(LEAST_ROWS, rows.length - at, window.rows));
      const bytes = bytesOf(names, capacity);
      makeRoom(held, bytes);
      block = newBlock(chunk, capacity);
      window.blocks.push(block);
      window.bytes += bytes;
      held.bytes += bytes;
    }
    at += appendRows(block, chunk, rows, at);
  }
  window.rows += rows.length;
}

/** Writes the largest windows to the file until half of the memory is free, so that it is not asked for row by row. */
function makeRoom(held: HeldRows, bytes: number): void {
  if (held.bytes + bytes <= held.maxBytes) return;
  const windows = [...held.logs.values()].flatMap((log) => [...log.values()].filter((window) => window.bytes > 0));
  windows.sort((a, b) => b.bytes - a.bytes);
  for (const window of windows) {
    spill(held, window);
    if (held.bytes + bytes <= held.maxBytes / 2) return;
  }
}

function spill(held: HeldRows, window: HeldWindow): void {
  const stored = window.blocks.map((block) => store(held, blockRows(block)));
  window.stored.push(...stored);
  window.blocks = [];
  held.bytes -= window.bytes;
  window.bytes = 0;
}

const store = (held: HeldRows, chunk: SkimChunk): StoredChunk =>
  writeChunk(held, chunk, takeExtent(held.free, bytesOf(chunk.columns.size, chunk.length), held.file?.end ?? 0));

/** Gives back the memory and the room in the file. */
export function forget(held: HeldRows, window: HeldWindow): void {
  held.bytes -= window.bytes;
  if (held.file === null) return;
  let { end } = held.file;
  for (const { at, length, names } of window.stored)
    end = freeExtent(held.free, at, bytesOf(names.length, length), end);
  if (end < held.file.end) ftruncateSync(held.file.fd, end);
  held.file.end = end;
}
