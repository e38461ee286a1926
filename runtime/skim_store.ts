import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf, Problem } from '../operators/problem.js';
import { mostBytes, packChunk, unpackChunk, type PackedChunk } from './packed_chunk.js';
import { copyChunk, type SkimChunk, type SkimWish } from './skim.js';

/** A temporary file of chunks, made when the first is written. */
export interface SkimFile {
  readonly folder: string;
  file: { fd: number; path: string; end: number } | null;
  /** What chunks of the file are read into. */
  buffer: ArrayBuffer;
}

/** Keeps chunks in memory up to a bound, beyond it in a file that is deleted when the store is closed. */
export interface SkimStore extends SkimFile {
  /** Chunks so far, in the order added. */
  readonly entries: Entry[];
  readonly maxBytes: number;
  bytes: number;
  /** What chunks are packed in before they are written. */
  packing: ArrayBuffer;
}

type Entry = { readonly chunk: SkimChunk } | { readonly packed: PackedChunk; readonly at: number };

/** Where a chunk is in the file, its columns as they are. */
export interface StoredChunk {
  readonly sample: number;
  readonly length: number;
  readonly names: readonly string[];
  readonly at: number;
}

export const skimStore = (maxBytes: number, folder: string): SkimStore => ({
  entries: [],
  maxBytes,
  folder,
  bytes: 0,
  file: null,
  buffer: new ArrayBuffer(0),
  packing: new ArrayBuffer(0),
});

/** Bytes of `length` rows, in memory and in the file. */
export const bytesOf = (names: number, length: number): number => (names + 1) * 8 * length + 8 * length + length;

export function addChunk(store: SkimStore, chunk: SkimChunk): void {
  if (chunk.length === 0) return;
  const size = bytesOf(chunk.columns.size, chunk.length);
  if (store.bytes + size <= store.maxBytes) {
    store.bytes += size;
    store.entries.push({ chunk: copyChunk(chunk) });
    return;
  }
  const most = mostBytes(chunk.columns.size, chunk.length);
  if (store.packing.byteLength < most) store.packing = new ArrayBuffer(most);
  const { packed, bytes } = packChunk(chunk, store.packing);
  const at = store.file?.end ?? 0;
  writeParts(store, [bytes], at);
  store.entries.push({ packed, at });
}

function openFile(store: SkimFile): { fd: number; path: string; end: number } {
  const path = join(mkdtempSync(join(store.folder, 'regimewatch-')), 'skim');
  store.file = { fd: openSync(path, 'wx+', 0o600), path, end: 0 };
  // Where the system allows it the name goes at once, so that a killed process leaves nothing behind.
  if (process.platform !== 'win32') removeFolder(path);
  return store.file;
}

/** Writes the first `length` rows of a chunk at `at`, the end of the file unless told. */
export function writeChunk(store: SkimFile, chunk: SkimChunk, at = store.file?.end ?? 0): StoredChunk {
  const parts = [...chunk.columns.values(), chunk.position, chunk.keyLo, chunk.keyHi, chunk.split].map(
    (column) => new Uint8Array(column.buffer, column.byteOffset, chunk.length * column.BYTES_PER_ELEMENT),
  );
  writeParts(store, parts, at);
  return { sample: chunk.sample, length: chunk.length, names: [...chunk.columns.keys()], at };
}

function writeParts(store: SkimFile, parts: readonly Uint8Array[], at: number): void {
  try {
    const file = store.file ?? openFile(store);
    let to = at;
    for (const bytes of parts) {
      for (let done = 0; done < bytes.length;) done += writeSync(file.fd, bytes, done, bytes.length - done, to + done);
      to += bytes.length;
    }
    file.end = Math.max(file.end, to);
  } catch (error) {
    throw new Problem(1, `temporary folder ${store.folder}: ${messageOf(error)}; set TMPDIR to one with more room`, {
      cause: error,
    });
  }
}

function readBytes({ file }: SkimFile, into: Uint8Array, from: number): void {
  for (let done = 0; done < into.length;) {
    const n = readSync(file!.fd, into, done, into.length - done, from + done);
    if (n === 0) throw new Problem(1, `temporary file ${file!.path}: shorter than what was written to it`);
    done += n;
  }
}

/**
 * The chunks in the order added; those in memory come whole. A chunk is good until the next is asked for: those from
 * the file are read into the same columns again.
 */
export function* readChunks(store: SkimStore, wish: SkimWish): Generator<SkimChunk> {
  for (let at = 0; at < store.entries.length; at++) yield readEntry(store, at, wish)!;
}

/** Chunk number `at`; null after the last. */
export function readEntry(store: SkimStore, at: number, wish: SkimWish): SkimChunk | null {
  const entry = store.entries[at];
  if (entry === undefined) return null;
  if ('chunk' in entry) return entry.chunk;
  const { packed, at: start } = entry;
  const most = mostBytes(packed.names.length, packed.length);
  if (store.buffer.byteLength < most) store.buffer = new ArrayBuffer(most);
  return unpackChunk(packed, wish, store.buffer, (bytes, from) => {
    readBytes(store, bytes, start + from);
  });
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

export function closeStore(store: SkimStore): void {
  closeFile(store);
  store.entries.length = 0;
}

export function closeFile(store: SkimFile): void {
  if (store.file === null) return;
  closeSync(store.file.fd);
  removeFolder(store.file.path);
  store.file = null;
}

function removeFolder(path: string): void {
  rmSync(dirname(path), { recursive: true, force: true });
}
