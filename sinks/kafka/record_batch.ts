import { compressionsAlgorithms, crc32c } from '@platformatic/kafka';

/** A record to be written. The buffers are read until its write has resolved: leave them as they are. */
export interface OutRecord {
  readonly topic: string;
  readonly partition: number;
  readonly key: Buffer | null;
  /** null deletes the key from a compacted topic. */
  readonly value: Buffer | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Compression = 'none' | 'gzip' | 'lz4';

/** Who writes, and the number of its first record of this partition: what lets a broker tell a repetition. */
export interface BatchOptions {
  readonly compression: Compression;
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly sequence: number;
  readonly timestampMs: number;
}

const HEADER = 61;

/** One record batch of format 2 (Kafka protocol guide, "Record Batch"); all records bear one time. */
export function encodeRecordBatch(records: readonly OutRecord[], options: BatchOptions): Buffer {
  const plain = encodeRecords(records);
  const codec = compressionsAlgorithms[options.compression];
  const body = options.compression === 'none' ? plain : codec.compressSync(plain.subarray(HEADER));
  const batch = options.compression === 'none' ? plain : Buffer.concat([plain.subarray(0, HEADER), body]);
  const time = BigInt(options.timestampMs);
  batch.writeBigInt64BE(0n, 0);
  batch.writeInt32BE(batch.length - 12, 8);
  batch.writeInt32BE(-1, 12); // leader epoch: the broker's to set
  batch.writeInt8(2, 16);
  batch.writeInt16BE(codec.bitmask, 21);
  batch.writeInt32BE(records.length - 1, 23);
  batch.writeBigInt64BE(time, 27);
  batch.writeBigInt64BE(time, 35);
  batch.writeBigInt64BE(options.producerId, 43);
  batch.writeInt16BE(options.producerEpoch, 51);
  batch.writeInt32BE(options.sequence, 53);
  batch.writeInt32BE(records.length, 57);
  batch.writeUInt32BE(crc32c(batch.subarray(21)), 17);
  return batch;
}

type Header = readonly [Buffer, Buffer];
const NO_HEADERS: readonly Header[] = [];

const headersOf = ({ headers }: OutRecord): readonly Header[] =>
  headers === undefined
    ? NO_HEADERS
    : Object.entries(headers).map(([key, value]) => [Buffer.from(key), Buffer.from(value)]);

/** The records behind an empty header. */
function encodeRecords(records: readonly OutRecord[]): Buffer {
  const headers = records.map(headersOf);
  const lengths = records.map((record, i) => lengthOf(record, i, headers[i]!));
  const size = lengths.reduce((sum, length) => sum + length + varintSize(length), HEADER);
  const out = Buffer.allocUnsafe(size);
  at = HEADER;
  for (let i = 0; i < records.length; i++) {
    const { key, value } = records[i]!;
    putVarint(out, lengths[i]!);
    out[at++] = 0; // attributes
    out[at++] = 0; // time since the batch's
    putVarint(out, i);
    putBytes(out, key);
    putBytes(out, value);
    putVarint(out, headers[i]!.length);
    for (const [name, text] of headers[i]!) {
      putBytes(out, name);
      putBytes(out, text);
    }
  }
  return out;
}

function lengthOf({ key, value }: OutRecord, index: number, headers: readonly Header[]): number {
  let length = 2 + varintSize(index) + bytesSize(key) + bytesSize(value) + varintSize(headers.length);
  for (const [name, text] of headers) length += bytesSize(name) + bytesSize(text);
  return length;
}

const bytesSize = (bytes: Buffer | null): number => (bytes === null ? 1 : varintSize(bytes.length) + bytes.length);

/** Of a zigzag varint of a number from 0 up. */
const varintSize = (value: number): number =>
  value < 2 ** 6 ? 1 : value < 2 ** 13 ? 2 : value < 2 ** 20 ? 3 : value < 2 ** 27 ? 4 : 5;

/** Write position: one batch is encoded at a time. */
let at = 0;

function putVarint(out: Buffer, value: number): void {
  let left = (value << 1) ^ (value >> 31);
  while (left >>> 0 > 0x7f) {
    out[at++] = (left & 0x7f) | 0x80;
    left >>>= 7;
  }
  out[at++] = left;
}

function putBytes(out: Buffer, bytes: Buffer | null): void {
  if (bytes === null) {
    putVarint(out, -1);
    return;
  }
  putVarint(out, bytes.length);
  at += bytes.copy(out, at);
}
