import { mostBytes, packChunk, unpackChunk, type PackedChunk } from './packed_chunk.js';
import { copyChunk, type SkimChunk, type SkimWish } from './skim.js';
import { closeFile, readBytes, writeBehind, writeBytes, type SkimFile } from './skim_file.js';
import { bytesOf } from './stored_chunk.js';

/** Keeps chunks in memory up to a bound, beyond it in a file that is deleted when the store is closed. */
export interface SkimStore extends SkimFile {
  /** Chunks so far, in the order added. */
  readonly entries: Entry[];
  readonly maxBytes: number;
  bytes: number;
  /** What chunks are packed in before they are written: in turns, since the last one may still be on its way. */
  packing: [next: ArrayBuffer, last: ArrayBuffer];
  /** Kept when what was last written behind is in the file. */
  written: Promise<void>;
}

type Entry = { readonly chunk: SkimChunk } | { readonly packed: PackedChunk; readonly at: number };

export const skimStore = (maxBytes: number, folder: string): SkimStore => ({
  entries: [],
  maxBytes,
  folder,
  bytes: 0,
  file: null,
  buffer: new ArrayBuffer(0),
  packing: [new ArrayBuffer(0), new ArrayBuffer(0)],
  written: Promise.resolve(),
});

export function addChunk(store: SkimStore, chunk: SkimChunk): void {
  if (chunk.length === 0 || heldInMemory(store, chunk)) return;
  const { packed, bytes } = pack(store, chunk);
  const at = store.file?.end ?? 0;
  writeBytes(store, [bytes], at);
  store.entries.push({ packed, at });
}

/**
 * The same, but a chunk for the file is written while the next one is made: one at a time, the next waits for it. The
 * store is to be read only when `written` is kept.
 */
export async function addChunkBehind(store: SkimStore, chunk: SkimChunk): Promise<void> {
  if (chunk.length === 0 || heldInMemory(store, chunk)) return;
  const { packed, bytes } = pack(store, chunk);
  await store.written;
  const [next, last] = store.packing;
  store.packing = [last, next];
  store.entries.push({ packed, at: store.file?.end ?? 0 });
  store.written = writeBehind(store, bytes);
  // Heard when it is awaited.
  store.written.catch(() => undefined);
}

function heldInMemory(store: SkimStore, chunk: SkimChunk): boolean {
  const size = bytesOf(chunk.columns.size, chunk.length);
  if (store.bytes + size > store.maxBytes) return false;
  store.bytes += size;
  store.entries.push({ chunk: copyChunk(chunk) });
  return true;
}

function pack({ packing }: SkimStore, chunk: SkimChunk): ReturnType<typeof packChunk> {
  const most = mostBytes(chunk.columns.size, chunk.length);
  if (packing[0].byteLength < most) packing[0] = new ArrayBuffer(most);
  return packChunk(chunk, packing[0]);
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

/** Whoever wrote behind has waited for `written`. */
export function closeStore(store: SkimStore): void {
  closeFile(store);
  store.entries.length = 0;
}
