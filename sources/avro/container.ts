import { open, type FileHandle } from 'node:fs/promises';
import { messageOf, wrongSample, type Problem } from '../../operators/problem.js';
import { items, long, skip, type Cursor } from './cursor.js';
import { fieldsOf, type Field } from './schema.js';
import type { Schema } from './skipper.js';

export interface AvroFile {
  readonly path: string;
  readonly handle: FileHandle;
  readonly size: number;
  readonly fields: readonly Field[];
  readonly codec: string;
  readonly sync: Buffer;
  /** Byte at which the first block begins. */
  readonly first: number;
  /** Where the block begins that follows the one read last, and its first bytes: they came along with it. */
  next?: { readonly at: number; readonly bytes: Buffer };
}

const headerLimit = 16 << 20;

export const damaged = (path: string, byte: number, what: string, cause?: unknown): Problem =>
  wrongSample(`${path}: Avro file is cut off or damaged at byte ${byte} (${what}): write it again`, cause);

/** The bytes from `at` on: as many as asked for, or up to the end of the file. */
export async function bytesAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
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
