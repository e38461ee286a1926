import type { Floats } from '../buffers.js';
import type { EmbeddedBasket, Storage } from './branch.js';

/** Bytes that a value takes. */
export const sizes: Readonly<Record<Storage, number>> = {
  bool: 1,
  i8: 1,
  u8: 1,
  i16: 2,
  u16: 2,
  i32: 4,
  u32: 4,
  f32: 4,
  i64: 8,
  u64: 8,
  f64: 8,
};

const limit = 2n ** 53n;
const safe = (value: bigint): number => (value > limit || value < -limit ? NaN : Number(value));

const getters: Readonly<Record<Storage, (view: DataView, at: number) => number>> = {
  bool: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
  i8: (view, at) => view.getInt8(at),
  u8: (view, at) => view.getUint8(at),
  i16: (view, at) => view.getInt16(at),
  u16: (view, at) => view.getUint16(at),
  i32: (view, at) => view.getInt32(at),
  u32: (view, at) => view.getUint32(at),
  f32: (view, at) => view.getFloat32(at),
  f64: (view, at) => view.getFloat64(at),
  i64: (view, at) => safe(view.getBigInt64(at)),
  u64: (view, at) => safe(view.getBigUint64(at)),
};

/** Big-endian values from a byte on. */
export function decode(storage: Storage, view: DataView, at: number, n: number, into: Floats, to: number): void {
  const size = sizes[storage];
  const get = getters[storage];
  for (let i = 0; i < n; i++) into[to + i] = get(view, at + i * size);
}

/** Where each event begins in a basket, the end of the last one included; offsets count the key's bytes. */
export function limitsOf(offsets: ArrayLike<number>, basket: EmbeddedBasket): Int32Array {
  const end = basket.fLast - basket.fKeylen;
  const limits = new Int32Array(basket.fNevBuf + 1);
  for (let i = 0; i < basket.fNevBuf; i++) limits[i] = (offsets[i] ?? NaN) - basket.fKeylen;
  limits[basket.fNevBuf] = end;
  for (let i = 0; i < basket.fNevBuf; i++) {
    if (!(limits[i]! >= 0 && limits[i]! <= limits[i + 1]!)) throw new Error('the offsets of a basket do not ascend');
  }
  return limits;
}

/** The limits of the events that stand behind a basket's values. */
export function storedLimits(bytes: DataView, basket: EmbeddedBasket): Int32Array {
  const at = basket.fLast - basket.fKeylen;
  const n = at + 4 <= bytes.byteLength ? bytes.getInt32(at) : -1;
  if (n < basket.fNevBuf || at + 4 + 4 * n > bytes.byteLength) {
    throw new Error('a basket of lists does not say where its events begin');
  }
  return limitsOf(
    Array.from({ length: n }, (_, i) => bytes.getInt32(at + 4 + 4 * i)),
    basket,
  );
}
