/** A stream of bits that is read from its end (RFC 8878, 4.1: "bitstream"): `left` of them are not read yet. */
export interface Bits {
  readonly bytes: Uint8Array;
  left: number;
}

/** The bits of a stream of at most 2^17 bytes: its last byte holds a final 1 that says where they end. */
export function bitsOf(bytes: Uint8Array): Bits {
  const last = bytes[bytes.length - 1] ?? 0;
  if (last === 0) throw new Error('ZSTD bit stream has no end');
  return { bytes, left: 8 * bytes.length - 1 - (Math.clz32(last) - 24) };
}

/** `count` ≤ 25 bits from bit `at` ≥ 0 on, the first one lowest. */
export function bitsAt(bytes: Uint8Array, at: number, count: number): number {
  const b = at >> 3;
  const word = bytes[b]! | (bytes[b + 1]! << 8) | (bytes[b + 2]! << 16) | (bytes[b + 3]! << 24);
  return (word >>> (at & 7)) & ((1 << count) - 1);
}

/** Takes `count` ≤ 25 bits. */
export function take(bits: Bits, count: number): number {
  bits.left -= count;
  if (bits.left < 0) throw new Error('ZSTD bit stream is cut off');
  return bitsAt(bits.bytes, bits.left, count);
}
