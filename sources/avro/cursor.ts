/** A place in the bytes of an Avro block. Every read checks that it stays within them. */
export interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

export const cutOff = 'a value runs past the end of its block';

/** Passes over n bytes. */
export function skip(cursor: Cursor, n: number): void {
  if (!(n >= 0 && n <= cursor.bytes.length - cursor.at)) throw new Error(cutOff);
  cursor.at += n;
}

/** An Avro int or long (zigzag, 7 bits a byte, least first); NaN beyond ±2^53. */
export function long(cursor: Cursor): number {
  const { bytes } = cursor;
  const start = cursor.at;
  const first = bytes[start]!; // Undefined at the end, which is no number below 128.
  if (first < 128) {
    cursor.at = start + 1;
    return (first >>> 1) ^ -(first & 1);
  }
  let sum = 0;
  let factor = 1;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at]!;
    sum += (byte & 127) * factor; // Exact in a double up to the seventh byte.
    factor *= 128;
    if (byte >= 128) {
      if (at - start >= 9) throw new Error('a number is longer than 10 bytes');
      continue;
    }
    cursor.at = at + 1;
    if (at - start >= 7) return longFromBigInt(bytes, start, at);
    return (first & 1) === 0 ? sum / 2 : -(sum + 1) / 2;
  }
  throw new Error(cutOff);
}

function longFromBigInt(bytes: Buffer, start: number, last: number): number {
  let raw = 0n;
  for (let at = last; at >= start; at--) raw = (raw << 7n) | BigInt(bytes[at]! & 127);
  const value = (raw & 1n) === 0n ? raw >> 1n : -((raw + 1n) >> 1n);
  return value > 2n ** 53n || value < -(2n ** 53n) ? NaN : Number(value);
}

export function float(cursor: Cursor): number {
  const { at } = cursor;
  skip(cursor, 4);
  return cursor.bytes.readFloatLE(at);
}

export function double(cursor: Cursor): number {
  const { at } = cursor;
  skip(cursor, 8);
  return cursor.bytes.readDoubleLE(at);
}

export function boolean(cursor: Cursor): number {
  const { at } = cursor;
  skip(cursor, 1);
  return cursor.bytes[at]!;
}

/**
 * Number of items of the next block of an array or map; 0 ends it. `bytes` is the size of the block if it is stated.
 *
 * A count beyond the bytes that are left is refused: 9 bytes could declare 10^9 items otherwise.
 */
export function items(cursor: Cursor): { count: number; bytes?: number } {
  const count = long(cursor);
  const sized = count < 0 ? { count: -count, bytes: long(cursor) } : { count };
  if (!(sized.count <= cursor.bytes.length - cursor.at)) throw new Error(`an array states ${sized.count} items`);
  return sized;
}
