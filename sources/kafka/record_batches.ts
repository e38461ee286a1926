import { crc32c } from '@platformatic/kafka';
import { messageOf, Problem } from '../../operators/problem.js';
import { codecName, expandRecords } from './codecs.js';
import type { LogRecord } from './types.js';

/** Largest batch after expansion. */
const MAX_EXPANDED = 256 * 2 ** 20;

const HEADER = 61;
const CONTROL = 0x20;
const TRANSACTIONAL = 0x10;
const NO_HEADERS: ReadonlyMap<string, string> = new Map();

/** Where bytes come from, for words. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
}

export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: number;
}

/** Read position within a batch's records. One batch is decoded at a time, and never across an await. */
let at = 0;

/**
 * Record batches of format 2 (Kafka protocol guide, "Record Batch"), of which the last may be cut off, into records from
 * offset `from` on. Control batches and those of aborted transactions are passed over; `next` goes beyond them.
 * Keys and values are views of `bytes` where the batch is not compressed. A batch with a wrong checksum, an older format
 * or an unknown codec is a Problem.
 */
export function readRecordBatches(
  bytes: Buffer,
  from: number,
  aborted: readonly AbortedTransaction[],
  place: Place,
): { records: LogRecord[]; next: number } {
  const records: LogRecord[] = [];
  const open = new Set<bigint>();
  let pending = aborted.toSorted((a, b) => a.firstOffset - b.firstOffset);
  let next = from;
  for (let start = 0; start + HEADER <= bytes.length;) {
    const end = start + 12 + bytes.readInt32BE(start + 8);
    if (end > bytes.length) break;
    const base = bytes.readInt32BE(start) * 2 ** 32 + bytes.readUInt32BE(start + 4);
    if (end < start + HEADER) throw badBatch(place, base, 'its length is wrong');
    if (bytes[start + 16] !== 2) throw badBatch(place, base, `format ${bytes[start + 16]!} is older than Kafka 0.11`);
    if (crc32c(bytes.subarray(start + 21, end)) !== bytes.readUInt32BE(start + 17))
      throw badBatch(place, base, 'its checksum is wrong');
    const attributes = bytes.readInt16BE(start + 21);
    const last = base + bytes.readInt32BE(start + 23);
    const producer = bytes.readBigInt64BE(start + 43);
    const starting = pending.filter((each) => each.firstOffset <= last);
    for (const each of starting) open.add(each.producerId);
    pending = pending.slice(starting.length);
    const dropped = (attributes & TRANSACTIONAL) !== 0 && open.has(producer);
    if ((attributes & CONTROL) !== 0) open.delete(producer);
    else if (!dropped && last >= from) {
      const codec = attributes & 7;
      try {
        const body = expandRecords(codec, bytes.subarray(start + HEADER, end), MAX_EXPANDED);
        readRecords(body, bytes.readInt32BE(start + 57), base, from, records);
      } catch (error) {
        throw badBatch(place, base, `${codecName(codec)}: ${messageOf(error)}`);
      }
    }
    next = Math.max(next, last + 1);
    start = end;
  }
  return { records, next };
}

const badBatch = (place: Place, offset: number, why: string): Problem =>
  new Problem(
    1,
    `topic ${place.topic} partition ${place.partition} offset ${offset}: record batch cannot be read: ${why}; ` +
      `mend the broker's log, or delete the records up to there and begin anew under another --group`,
  );

function readRecords(body: Buffer, count: number, base: number, from: number, into: LogRecord[]): void {
  at = 0;
  for (let i = 0; i < count; i++) {
    const length = varint(body);
    const end = at + length;
    if (length < 0 || end > body.length) throw new Error('a record is cut off');
    at += 1; // attributes, unused
    while (body[at++]! >= 0x80); // timestamp, unused
    const offset = base + varint(body);
    const key = slice(body, end);
    const value = slice(body, end);
    const headers = body[at] === 0 ? NO_HEADERS : readHeaders(body, end);
    if (at > end) throw new Error('a record is longer than stated');
    at = end;
    if (offset >= from) into.push({ offset, key, value, headers });
  }
}

function readHeaders(body: Buffer, end: number): Map<string, string> {
  const headers = new Map<string, string>();
  for (let left = varint(body); left > 0; left--) {
    const key = slice(body, end);
    const value = slice(body, end);
    headers.set(key?.toString() ?? '', value?.toString() ?? '');
  }
  return headers;
}

function slice(body: Buffer, end: number): Buffer | null {
  const length = varint(body);
  if (length < 0) return null;
  const begin = at;
  at += length;
  if (at > end) throw new Error('a field is longer than its record');
  return body.subarray(begin, at);
}

/** Zigzag varint of 32 bits. */
function varint(body: Buffer): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = body[at++];
    if (byte === undefined) throw new Error('a record is cut off');
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
  }
  throw new Error('a length has too many bytes');
}
