import { open, type FileHandle } from 'node:fs/promises';
import { messageOf, wrongSample, type Problem } from '../../operators/problem.js';
import { byteOf, longOf, rootOf, tableOf, type Table } from './flatbuffer.js';
import { fieldsOf, type Field } from './schema.js';

export interface ArrowFile {
  readonly path: string;
  readonly handle: FileHandle;
  readonly fields: readonly Field[];
  /** Byte at which the first message after the schema begins. */
  readonly first: number;
  /** Byte at which the messages end at the latest. */
  readonly end: number;
}

/** A message: what it is about, and where its body begins. */
export interface Message {
  readonly kind: number;
  readonly header: Table;
  readonly body: number;
  readonly bodyLength: number;
}

const schemaKind = 1;

const magic = 'ARROW1';
const metadataLimit = 64 << 20;

export const damaged = (path: string, byte: number, what: string, cause?: unknown): Problem =>
  wrongSample(`${path}: Arrow file is cut off or damaged at byte ${byte} (${what}): write it again`, cause);

/** `length` bytes at `at`, in a buffer of their own (so that they are aligned), or a Problem. */
export async function bytesAt(path: string, handle: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(bytes, done, length - done, at + done);
    if (bytesRead === 0) throw damaged(path, at + done, `${length - done} bytes are missing`);
    done += bytesRead;
  }
  return bytes;
}

/** The message at a byte: its metadata and where its body begins; undefined at the end of the stream. */
export async function messageAt(
  path: string,
  handle: FileHandle,
  at: number,
  end: number,
): Promise<Message | undefined> {
  if (at === end) return undefined;
  if (at + 8 > end) throw damaged(path, at, 'no whole message');
  const prefix = await bytesAt(path, handle, at, 8);
  const view = new DataView(prefix.buffer, prefix.byteOffset, 8);
  // Files written before Arrow 0.15 have no continuation mark before the length.
  const marked = view.getUint32(0, true) === 0xffffffff;
  const length = view.getInt32(marked ? 4 : 0, true);
  if (length === 0) return undefined;
  const start = at + (marked ? 8 : 4);
  if (length < 0 || length > metadataLimit || start + length > end) throw damaged(path, at, 'no message');
  const bytes = await bytesAt(path, handle, start, length);
  try {
    const message = rootOf(new DataView(bytes.buffer, bytes.byteOffset, length));
    const header = tableOf(message, 2);
    const bodyLength = longOf(message, 3);
    const body = start + length;
    if (header === undefined || !(bodyLength >= 0 && body + bodyLength <= end)) throw new Error('its body is missing');
    return { kind: byteOf(message, 1), header, body, bodyLength };
  } catch (thrown) {
    throw damaged(path, at, messageOf(thrown), thrown);
  }
}

/** Opens an IPC file or an IPC stream; the caller closes `handle`. */
export async function openArrow(path: string): Promise<ArrowFile> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const head = size >= 8 ? Buffer.from(await bytesAt(path, handle, 0, 8)) : Buffer.alloc(0);
    const isFile = head.toString('latin1', 0, 6) === magic;
    let end = size;
    if (isFile) {
      const tail = size >= 20 ? Buffer.from(await bytesAt(path, handle, size - 10, 10)) : Buffer.alloc(10);
      if (tail.toString('latin1', 4) !== magic) throw damaged(path, size, 'the closing ARROW1 is missing');
      end = size - 10 - tail.readInt32LE(0);
      if (end < 8 || end > size) throw damaged(path, size, 'the footer is missing');
    }
    const begin = isFile ? 8 : 0;
    const found = await messageAt(path, handle, begin, end);
    if (found?.kind === schemaKind) {
      return { path, handle, fields: fieldsOf(found.header), first: found.body + found.bodyLength, end };
    }
    // apache-arrow for JavaScript writes the schema of a file into its footer alone.
    const schema = isFile ? await footerSchema(path, handle, end, size - 10) : undefined;
    if (schema === undefined) throw damaged(path, begin, 'no schema');
    return { path, handle, fields: fieldsOf(schema), first: begin, end };
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

async function footerSchema(path: string, handle: FileHandle, from: number, to: number): Promise<Table | undefined> {
  const bytes = await bytesAt(path, handle, from, to - from);
  try {
    return tableOf(rootOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.length)), 1);
  } catch (thrown) {
    throw damaged(path, from, messageOf(thrown), thrown);
  }
}
