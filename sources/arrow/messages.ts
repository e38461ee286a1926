import { messageOf } from '../../operators/problem.js';
import type { Bytes } from './bytes.js';
import { byteOf, longOf, rootOf, tableOf, type Table } from './flatbuffer.js';
import { fieldsOf, type Field } from './schema.js';

/** An IPC file or stream: what is in it, and where. */
export interface ArrowData {
  readonly bytes: Bytes;
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

/** Numbers of the kinds of messages (Arrow format, Message.fbs). */
export const schemaKind = 1;
export const dictionaryKind = 2;
export const recordBatchKind = 3;

const magic = 'ARROW1';
const metadataLimit = 64 << 20;

/** The message at a byte: its metadata and where its body begins; undefined at the end of the stream. */
export async function messageAt(bytes: Bytes, at: number, end: number): Promise<Message | undefined> {
  if (at === end) return undefined;
  if (at + 8 > end) throw bytes.damaged(at, 'no whole message');
  const prefix = await bytes.read(at, 8);
  const view = new DataView(prefix.buffer, prefix.byteOffset, 8);
  // Files written before Arrow 0.15 have no continuation mark before the length.
  const marked = view.getUint32(0, true) === 0xffffffff;
  const length = view.getInt32(marked ? 4 : 0, true);
  if (length === 0) return undefined;
  const start = at + (marked ? 8 : 4);
  if (length < 0 || length > metadataLimit || start + length > end) throw bytes.damaged(at, 'no message');
  const metadata = await bytes.read(start, length);
  try {
    const message = rootOf(new DataView(metadata.buffer, metadata.byteOffset, length));
    const header = tableOf(message, 2);
    const bodyLength = longOf(message, 3);
    const body = start + length;
    if (header === undefined || !(bodyLength >= 0 && body + bodyLength <= end)) throw new Error('its body is missing');
    return { kind: byteOf(message, 1), header, body, bodyLength };
  } catch (thrown) {
    throw bytes.damaged(at, messageOf(thrown), thrown);
  }
}

/** The text of `length` bytes at a byte, one character each. */
async function textAt(bytes: Bytes, at: number, length: number): Promise<string> {
  return Buffer.from(await bytes.read(at, length)).toString('latin1');
}

/** The schema of an IPC file or an IPC stream, and where its messages lie. */
export async function openArrow(bytes: Bytes): Promise<ArrowData> {
  const { size } = bytes;
  const isFile = size >= 8 && (await textAt(bytes, 0, 6)) === magic;
  let end = size;
  if (isFile) {
    const tail = size >= 20 ? Buffer.from(await bytes.read(size - 10, 10)) : Buffer.alloc(10);
    if (tail.toString('latin1', 4) !== magic) throw bytes.damaged(size, 'the closing ARROW1 is missing');
    end = size - 10 - tail.readInt32LE(0);
    if (end < 8 || end > size) throw bytes.damaged(size, 'the footer is missing');
  }
  const begin = isFile ? 8 : 0;
  const found = await messageAt(bytes, begin, end);
  if (found?.kind === schemaKind) {
    return { bytes, fields: fieldsOf(found.header), first: found.body + found.bodyLength, end };
  }
  // apache-arrow for JavaScript writes the schema of a file into its footer alone.
  const schema = isFile ? await footerSchema(bytes, end, size - 10) : undefined;
  if (schema === undefined) throw bytes.damaged(begin, 'no schema');
  return { bytes, fields: fieldsOf(schema), first: begin, end };
}

async function footerSchema(bytes: Bytes, from: number, to: number): Promise<Table | undefined> {
  const footer = await bytes.read(from, to - from);
  try {
    return tableOf(rootOf(new DataView(footer.buffer, footer.byteOffset, footer.length)), 1);
  } catch (thrown) {
    throw bytes.damaged(from, messageOf(thrown), thrown);
  }
}
