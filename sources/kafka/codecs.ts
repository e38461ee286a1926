import { gunzipSync } from 'node:zlib';
import { expandLz4 } from '../arrow/lz4_frame.js';
import { expandSnappy } from '../snappy.js';
import { expandZstd } from '../zstd.js';

/** Codecs of record batches by the number in a batch's attributes (Kafka protocol, record batch format 2). */
const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;

export const codecName = (number: number): string => CODECS[number] ?? `codec ${number}`;

/**
 * Expands the records of a batch. Throws an Error on damage, on an unknown codec, and before it would allocate more than
 * `maxBytes`, whatever the data state of themselves.
 */
export function expandRecords(codec: number, bytes: Buffer, maxBytes: number): Buffer {
  switch (CODECS[codec]) {
    case 'none':
      return bytes;
    case 'gzip':
      return gunzipSync(bytes, { maxOutputLength: maxBytes });
    case 'snappy':
      return asBuffer(expandSnappy(bytes, maxBytes));
    case 'lz4':
      return asBuffer(expandLz4(bytes, lz4Size(bytes, maxBytes)));
    case 'zstd':
      return asBuffer(expandZstd(bytes, maxBytes));
    default:
      throw new Error(`${codecName(codec)} is unknown`);
  }
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** Size of what an LZ4 frame holds: its sequences are walked, nothing is written. Damage is left to the expansion. */
function lz4Size(input: Buffer, maxBytes: number): number {
  const flags = input[4] ?? 0;
  let at = 7 + ((flags & 0x08) !== 0 ? 8 : 0) + ((flags & 0x01) !== 0 ? 4 : 0);
  let size = 0;
  while (at + 4 <= input.length) {
    const word = input.readUInt32LE(at);
    at += 4;
    if (word === 0) break;
    const end = Math.min(at + (word & 0x7fffffff), input.length);
    size += word >>> 31 === 1 ? end - at : lz4BlockSize(input, at, end);
    if (size > maxBytes) throw new Error(`records expand to more than ${maxBytes} bytes`);
    at = end + ((flags & 0x10) !== 0 ? 4 : 0);
  }
  return size;
}

function lz4BlockSize(input: Buffer, from: number, end: number): number {
  let size = 0;
  for (let at = from; at < end;) {
    const token = input[at++]!;
    let literals = token >>> 4;
    if (literals === 15) for (let more = 255; more === 255 && at < end; literals += more) more = input[at++]!;
    at += literals;
    size += literals;
    if (at >= end) break;
    at += 2;
    let match = (token & 15) + 4;
    if (match === 19) for (let more = 255; more === 255 && at < end; match += more) more = input[at++]!;
    size += match;
  }
  return size;
}
