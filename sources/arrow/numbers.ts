import type { ListColumn, NumberColumn } from '../../operators/batch.js';
import type { Storage } from './layout.js';

/** Bits that one value takes. */
export const width: Readonly<Record<Exclude<Storage, 'null'>, number>> = {
  bits: 1,
  i8: 8,
  u8: 8,
  i16: 16,
  u16: 16,
  f16: 16,
  i32: 32,
  u32: 32,
  f32: 32,
  i64: 64,
  u64: 64,
  f64: 64,
};

/** IEEE half precision; every value is exact in a float. */
export function fromHalf(half: number): number {
  const sign = half >>> 15 === 1 ? -1 : 1;
  const exponent = (half >>> 10) & 31;
  const mantissa = half & 1023;
  if (exponent === 31) return mantissa === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  return sign * (1024 + mantissa) * 2 ** (exponent - 25);
}

/** Integers of 64 bits out of their low and high words (a bigint each would take ten times as long). */
function from64(words: Uint32Array, signed: boolean): Float64Array {
  const out = new Float64Array(words.length / 2);
  for (let i = 0; i < out.length; i++) {
    const low = words[2 * i]!;
    const word = words[2 * i + 1]!;
    const high = signed ? word | 0 : word;
    const exact = (high >= -0x200000 && high < 0x200000) || (high === 0x200000 && low === 0);
    out[i] = exact ? high * 2 ** 32 + low : NaN;
  }
  return out;
}

function fromBits(bytes: Uint8Array, n: number, shift: number): Uint8Array {
  const out = new Uint8Array(n);
  for (let i = 0; i < n; i++) out[i] = (bytes[(i + shift) >> 3]! >> ((i + shift) & 7)) & 1;
  return out;
}

/** `n` values out of bytes that begin at the first of them (for bits: at bit `shift` of the first byte). */
export function decode(storage: Exclude<Storage, 'null'>, bytes: Uint8Array, n: number, shift: number): NumberColumn {
  const { buffer, byteOffset } = bytes;
  switch (storage) {
    case 'f64':
      return new Float64Array(buffer, byteOffset, n);
    case 'f32':
      return new Float32Array(buffer, byteOffset, n);
    case 'f16':
      return Float32Array.from(new Uint16Array(buffer, byteOffset, n), fromHalf);
    case 'i32':
      return new Int32Array(buffer, byteOffset, n);
    case 'u32':
      return new Uint32Array(buffer, byteOffset, n);
    case 'i16':
      return new Int16Array(buffer, byteOffset, n);
    case 'u16':
      return new Uint16Array(buffer, byteOffset, n);
    case 'i8':
      return new Int8Array(buffer, byteOffset, n);
    case 'u8':
      return new Uint8Array(buffer, byteOffset, n);
    case 'i64':
      return from64(new Uint32Array(buffer, byteOffset, 2 * n), true);
    case 'u64':
      return from64(new Uint32Array(buffer, byteOffset, 2 * n), false);
    case 'bits':
      return fromBits(bytes, n, shift);
  }
}

/** A copy of the values, with NaN where the validity bitmap (from bit `shift` on) says null. */
export function withNulls(values: NumberColumn, valid: Uint8Array, shift: number): NumberColumn {
  const floats = values instanceof Float32Array ? values.slice() : new Float64Array(values);
  for (let i = 0; i < floats.length; i++) {
    const bit = i + shift;
    if (((valid[bit >> 3]! >> (bit & 7)) & 1) === 0) floats[i] = NaN;
  }
  return floats;
}

/** Lists, those that the validity bitmap (from bit `shift` on) says are null made empty whatever lies below them. */
export function withoutNullLists(lists: ListColumn, valid: Uint8Array, shift: number): ListColumn {
  const n = lists.offsets.length - 1;
  const offsets = new Int32Array(n + 1);
  const values = lists.values.slice();
  let used = 0;
  for (let i = 0; i < n; i++) {
    const bit = i + shift;
    if (((valid[bit >> 3]! >> (bit & 7)) & 1) === 1) {
      for (let k = lists.offsets[i]!; k < lists.offsets[i + 1]!; k++) values[used++] = lists.values[k]!;
    }
    offsets[i + 1] = used;
  }
  return { offsets, values: values.subarray(0, used) };
}
