import type { SkimChunk, SkimWish } from './skim.js';

/** How a column is stored: its one value, its first value with one more each row, as float32, or as it is. */
type Packing = 'same' | 'rising' | 'float32' | 'whole';
type SkimColumn = Float64Array | Uint32Array | Uint8Array;

/** A chunk in the bytes of `packChunk`: its columns by `names`, then split, position, keyLo and keyHi. */
export interface PackedChunk {
  readonly sample: number;
  readonly length: number;
  readonly names: readonly string[];
  readonly packings: readonly Packing[];
  readonly firsts: readonly number[];
}

const inOrder = ({ columns, split, position, keyLo, keyHi }: SkimChunk): SkimColumn[] => [
  ...columns.values(),
  ...[split, position, keyLo, keyHi],
];

/** Bytes that `packChunk` may need at most. */
export const mostBytes = (names: number, length: number): number => (names + 4) * 8 * (length + 1);

/**
 * The chunk in as few bytes as say all of it, written to `into` from 0: what is read back has the same bits, but for
 * the payload of a NaN. Columns that came from float32 (a lepton's pT, most weights) take 4 bytes a row, one value that
 * repeats and positions that count take none.
 */
export function packChunk(chunk: SkimChunk, into: ArrayBuffer): { packed: PackedChunk; bytes: Uint8Array } {
  const { sample, length } = chunk;
  const packings: Packing[] = [];
  const firsts: number[] = [];
  let at = 0;
  for (const x of inOrder(chunk)) {
    const packing = packingOf(x, length, into, at);
    if (packing === 'whole') {
      const raw = new Uint8Array(x.buffer, x.byteOffset, length * x.BYTES_PER_ELEMENT);
      new Uint8Array(into, at, raw.length).set(raw);
    }
    packings.push(packing);
    firsts.push(x[0] ?? 0);
    at += storedBytes(packing, x.BYTES_PER_ELEMENT, length);
  }
  return {
    packed: { sample, length, names: [...chunk.columns.keys()], packings, firsts },
    bytes: new Uint8Array(into, 0, at),
  };
}

/** Decides, and leaves the values at `at` if they are float32. Object.is, since −0 is another value than 0. */
function packingOf(x: SkimColumn, length: number, into: ArrayBuffer, at: number): Packing {
  const first = x[0] ?? 0;
  let rows = 1;
  while (rows < length && Object.is(x[rows], first)) rows++;
  if (rows >= length) return 'same';
  for (rows = 0; rows < length && Object.is(x[rows], first + rows);) rows++;
  if (rows === length) return 'rising';
  if (!(x instanceof Float64Array)) return 'whole';
  const narrow = new Float32Array(into, at, length);
  for (let i = 0; i < length; i++) {
    const value = x[i]!;
    if (Math.fround(value) !== value && !Number.isNaN(value)) return 'whole';
    narrow[i] = value;
  }
  return 'float32';
}

/** Of a column; a multiple of 8, so that the next one starts where any type may. */
function storedBytes(packing: Packing, width: number, length: number): number {
  if (packing === 'same' || packing === 'rising') return 0;
  return Math.ceil((length * (packing === 'float32' ? 4 : width)) / 8) * 8;
}

/**
 * The chunk's columns that are wished for, in memory of `room` (`mostBytes` of it).
 * `read` fills bytes with those of the packed chunk from an offset.
 */
export function unpackChunk(
  { sample, length, names, packings, firsts }: PackedChunk,
  wish: SkimWish,
  room: ArrayBuffer,
  read: (bytes: Uint8Array, from: number) => void,
): SkimChunk {
  let from = 0;
  let part = 0;
  let end = 0;
  const next = <T extends SkimColumn>(
    make: new (room: ArrayBuffer, at: number, n: number) => T,
    wished: boolean,
  ): T => {
    const x = new make(room, end, wished ? length : 0);
    const packing = packings[part]!;
    const first = firsts[part++]!;
    const stored = from;
    from += storedBytes(packing, x.BYTES_PER_ELEMENT, length);
    if (!wished) return x;
    end += Math.ceil(x.byteLength / 8) * 8;
    if (packing === 'same') x.fill(first);
    else if (packing === 'rising') for (let i = 0; i < length; i++) x[i] = first + i;
    else if (packing === 'whole') read(new Uint8Array(room, x.byteOffset, x.byteLength), stored);
    else widen(x, read, stored);
    return x;
  };
  const columns = new Map<string, Float64Array>();
  for (const name of names) {
    const wished = wish.columns.includes(name);
    const x = next(Float64Array, wished);
    if (wished) columns.set(name, x);
  }
  const split = next(Uint8Array, true);
  const position = next(Float64Array, wish.keys);
  const [keyLo, keyHi] = [next(Uint32Array, wish.keys), next(Uint32Array, wish.keys)];
  return { sample, length, columns, position, keyLo, keyHi, split };
}

/** Reads float32 values into the upper half of `x`, and widens them from the front: none is overwritten unread. */
function widen(x: SkimColumn, read: (bytes: Uint8Array, from: number) => void, stored: number): void {
  const narrow = new Float32Array(x.buffer, x.byteOffset + 4 * x.length, x.length);
  read(new Uint8Array(narrow.buffer, narrow.byteOffset, narrow.byteLength), stored);
  for (let i = 0; i < x.length; i++) x[i] = narrow[i]!;
}
