import type { SkimChunk, SkimWish } from './skim.js';
import { readBytes, writeBytes, type SkimFile } from './skim_file.js';

/** Where a chunk is in the file, its columns as they are. */
export interface StoredChunk {
  readonly sample: number;
  readonly length: number;
  readonly names: readonly string[];
  readonly at: number;
}

/** Bytes of `length` rows, in memory and in the file. */
export const bytesOf = (names: number, length: number): number => (names + 1) * 8 * length + 8 * length + length;

/** Writes the first `length` rows of a chunk at `at`, the end of the file unless told. */
export function writeChunk(store: SkimFile, chunk: SkimChunk, at = store.file?.end ?? 0): StoredChunk {
  const parts = [...chunk.columns.values(), chunk.position, chunk.keyLo, chunk.keyHi, chunk.split].map(
    (column) => new Uint8Array(column.buffer, column.byteOffset, chunk.length * column.BYTES_PER_ELEMENT),
  );
  writeBytes(store, parts, at);
  return { sample: chunk.sample, length: chunk.length, names: [...chunk.columns.keys()], at };
}

/** A chunk of the file, in `store.buffer`: good until the next is read. */
export function readStored(store: SkimFile, { sample, length, names, at }: StoredChunk, wish: SkimWish): SkimChunk {
  const size = (names.length + 2) * 8 * length + length;
  if (store.buffer.byteLength < size) store.buffer = new ArrayBuffer(size);
  const fill = (offset: number, bytes: number): void => {
    readBytes(store, new Uint8Array(store.buffer, offset, bytes), at + offset);
  };
  const columns = new Map<string, Float64Array>();
  names.forEach((name, i) => {
    if (!wish.columns.includes(name)) return;
    fill(8 * length * i, 8 * length);
    columns.set(name, new Float64Array(store.buffer, 8 * length * i, length));
  });
  const rest = 8 * length * names.length;
  const keys = wish.keys ? length : 0;
  if (wish.keys) fill(rest, 17 * length);
  else fill(rest + 16 * length, length);
  return {
    sample,
    length,
    columns,
    position: new Float64Array(store.buffer, rest, keys),
    keyLo: new Uint32Array(store.buffer, rest + 8 * length, keys),
    keyHi: new Uint32Array(store.buffer, rest + 12 * length, keys),
    split: new Uint8Array(store.buffer, rest + 16 * length, length),
  };
}
