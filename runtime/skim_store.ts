import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf, Problem } from '../operators/problem.js';
import type { SkimChunk } from './skim.js';

/** Keeps chunks in memory up to a bound, beyond it in a file that is deleted when the store is closed. */
export interface SkimStore {
  /** Chunks so far, in the order added. */
  readonly entries: Entry[];
  readonly maxBytes: number;
  readonly folder: string;
  bytes: number;
  file: { fd: number; path: string; end: number } | null;
}

type Entry = { readonly chunk: SkimChunk } | { readonly stored: StoredChunk };

interface StoredChunk {
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
});

const bytesOf = (names: number, length: number): number => (names + 1) * 8 * length + 8 * length + length;

export function addChunk(store: SkimStore, chunk: SkimChunk): void {
  if (chunk.length === 0) return;
  const size = bytesOf(chunk.columns.size, chunk.length);
  if (store.bytes + size <= store.maxBytes) {
    store.bytes += size;
    store.entries.push({ chunk });
    return;
  }
  store.entries.push({ stored: writeChunk(store, chunk) });
}

function openFile(store: SkimStore): { fd: number; path: string; end: number } {
  const path = join(mkdtempSync(join(store.folder, 'regimewatch-')), 'skim');
  store.file = { fd: openSync(path, 'wx+', 0o600), path, end: 0 };
  // Where the system allows it the name goes at once, so that a killed process leaves nothing behind.
  if (process.platform !== 'win32') removeFolder(path);
  return store.file;
}

function writeChunk(store: SkimStore, chunk: SkimChunk): StoredChunk {
  try {
    const file = store.file ?? openFile(store);
    const at = file.end;
    for (const column of [...chunk.columns.values(), chunk.position, chunk.keyLo, chunk.keyHi, chunk.split]) {
      const bytes = new Uint8Array(column.buffer, column.byteOffset, chunk.length * column.BYTES_PER_ELEMENT);
      for (let done = 0; done < bytes.length;)
        done += writeSync(file.fd, bytes, done, bytes.length - done, file.end + done);
      file.end += bytes.length;
    }
    return { sample: chunk.sample, length: chunk.length, names: [...chunk.columns.keys()], at };
  } catch (error) {
    throw new Problem(1, `temporary folder ${store.folder}: ${messageOf(error)}; set TMPDIR to one with more room`, {
      cause: error,
    });
  }
}

/** What to read back of a chunk: columns by name, and whether keys and positions too. */
export interface SkimWish {
  readonly columns: readonly string[];
  readonly keys: boolean;
}

/** The chunks in the order added; those in memory come whole. */
export function* readChunks(store: SkimStore, wish: SkimWish): Generator<SkimChunk> {
  for (let at = 0; at < store.entries.length; at++) yield readEntry(store, at, wish)!;
}

/** Chunk number `at`; null after the last. */
export function readEntry(store: SkimStore, at: number, wish: SkimWish): SkimChunk | null {
  const entry = store.entries[at];
  if (entry === undefined) return null;
  return 'chunk' in entry ? entry.chunk : readStored(store, entry.stored, wish);
}

function readStored(store: SkimStore, { sample, length, names, at }: StoredChunk, wanted: SkimWish): SkimChunk {
  const fd = store.file!.fd;
  const read = <T extends ArrayBufferView>(column: T, offset: number): T => {
    const bytes = new Uint8Array(column.buffer as ArrayBuffer);
    for (let done = 0; done < bytes.length;) {
      const n = readSync(fd, bytes, done, bytes.length - done, at + offset + done);
      if (n === 0) throw new Problem(1, `temporary file ${store.file!.path}: shorter than what was written to it`);
      done += n;
    }
    return column;
  };
  const columns = new Map<string, Float64Array>();
  names.forEach((name, i) => {
    if (wanted.columns.includes(name)) columns.set(name, read(new Float64Array(length), 8 * length * i));
  });
  const rest = 8 * length * names.length;
  const none = new Uint32Array(0);
  return {
    sample,
    length,
    columns,
    position: wanted.keys ? read(new Float64Array(length), rest) : new Float64Array(0),
    keyLo: wanted.keys ? read(new Uint32Array(length), rest + 8 * length) : none,
    keyHi: wanted.keys ? read(new Uint32Array(length), rest + 12 * length) : none,
    split: read(new Uint8Array(length), rest + 16 * length),
  };
}

export function closeStore(store: SkimStore): void {
  if (store.file !== null) {
    closeSync(store.file.fd);
    removeFolder(store.file.path);
    store.file = null;
  }
  store.entries.length = 0;
}

function removeFolder(path: string): void {
  rmSync(dirname(path), { recursive: true, force: true });
}
