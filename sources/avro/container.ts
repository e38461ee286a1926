import { open, type FileHandle } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { messageOf, Problem, wrongSample } from '../../operators/problem.js';
import { expandZstd } from '../zstd.js';
import { items, long, skip, type Cursor } from './cursor.js';
import { fieldsOf, type Field } from './schema.js';
import type { Schema } from './skipper.js';

/** One block of an object container file: so many events in so many bytes. */
export interface Block {
  readonly count: number;
  readonly at: number;
  readonly size: number;
}

export interface AvroFile {
  readonly path: string;
  readonly handle: FileHandle;
  readonly size: number;
  readonly fields: readonly Field[];
  readonly codec: string;
  readonly sync: Buffer;
  /** Byte at which the first block begins. */
  readonly first: number;
}

const headerLimit = 16 << 20;
const blockLimit = 256 << 20;

export const damaged = (path: string, byte: number, what: string, cause?: unknown): Problem =>
  wrongSample(`${path}: Avro file is cut off or damaged at byte ${byte} (${what}): write it again`, cause);

async function bytesAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, at + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

function bytesOf(cursor: Cursor): Buffer {
  const length = long(cursor);
  const { at } = cursor;
  skip(cursor, length);
  return cursor.bytes.subarray(at, at + length);
}

function header(bytes: Buffer): { meta: Map<string, string>; sync: Buffer; first: number } {
  const cursor: Cursor = { bytes, at: 4 };
  const meta = new Map<string, string>();
  for (let { count } = items(cursor); count > 0; { count } = items(cursor)) {
    for (let i = 0; i < count; i++) meta.set(bytesOf(cursor).toString(), bytesOf(cursor).toString());
  }
  const { at } = cursor;
  skip(cursor, 16);
  return { meta, sync: bytes.subarray(at, at + 16), first: at + 16 };
}

/** Opens an Avro object container file (Avro 1.12, "Object Container Files"); the caller closes `handle`. */
export async function openAvro(path: string): Promise<AvroFile> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    for (let length = 1 << 16; ; length *= 16) {
      const bytes = await bytesAt(handle, 0, Math.min(size, length));
      try {
        const { meta, sync, first } = header(bytes);
        const fields = fieldsOf(JSON.parse(meta.get('avro.schema') ?? '') as Schema);
        return { path, handle, size, fields, codec: meta.get('avro.codec') ?? 'null', sync, first };
      } catch (thrown) {
        if (length >= Math.min(size, headerLimit)) throw damaged(path, 0, `header: ${messageOf(thrown)}`, thrown);
      }
    }
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

/** The blocks in the order of the file, found by hopping from one to the next: their events are not read. */
export async function* blocksOf({ path, handle, size, first }: AvroFile): AsyncGenerator<Block> {
  for (let at = first; at < size;) {
    const cursor: Cursor = { bytes: await bytesAt(handle, at, 20), at: 0 };
    let block: Block;
    try {
      block = { count: long(cursor), size: long(cursor), at: at + cursor.at };
    } catch (thrown) {
      throw damaged(path, at, messageOf(thrown), thrown);
    }
    if (!(block.size >= 0 && block.count >= 0)) throw damaged(path, at, 'no block');
    if (block.size > blockLimit) throw damaged(path, at, `a block of ${block.size} bytes, limit ${blockLimit}`);
    if (block.at + block.size + 16 > size) throw damaged(path, at, 'the end of a block is missing');
    at = block.at + block.size + 16;
    yield block;
  }
}

function expand(path: string, codec: string, bytes: Buffer): Buffer {
  if (codec === 'null') return bytes;
  if (codec === 'deflate') return inflateRawSync(bytes, { maxOutputLength: blockLimit });
  if (codec === 'zstandard') {
    const { buffer, byteOffset, length } = expandZstd(bytes, blockLimit);
    return Buffer.from(buffer, byteOffset, length);
  }
  throw wrongSample(`${path}: Avro codec '${codec}' is not supported: write it with codec deflate, zstandard or null`);
}

/** The events of a block, uncompressed. */
export async function eventsOf({ path, handle, codec, sync }: AvroFile, block: Block): Promise<Buffer> {
  const bytes = await bytesAt(handle, block.at, block.size + 16);
  if (!sync.equals(bytes.subarray(block.size))) throw damaged(path, block.at + block.size, 'no sync marker');
  try {
    const events = expand(path, codec, bytes.subarray(0, block.size));
    if (block.count > events.length) throw new Error(`${block.count} events in ${events.length} bytes`);
    return events;
  } catch (thrown) {
    throw thrown instanceof Problem ? thrown : damaged(path, block.at, messageOf(thrown), thrown);
  }
}
