import type { Effect } from './lanes.js';
import { at, constant, get, i32, I32, set, simd, tee, VECTOR } from './instructions.js';

/** Bytes of a row with so many parts; a counter where it has none. */
export const rowBytes = (parts: number): number => (parts === 0 ? 4 : 16 * Math.ceil(parts / 2));

/** Locals that effects use: whether each lane is an event, row numbers, an address, and the number of rows. */
export interface EffectLocals {
  readonly valid: number;
  readonly words: number;
  readonly row: number;
}

/** For `valid`: event and event + 1, each below the number of events (parameter 0). */
export const validLanes = (event: number): number[] => [
  ...[...get(event), ...simd(VECTOR.splatWords32), ...simd(VECTOR.doublesOfWords32)],
  ...[...constant(0n, 0x3ff0000000000000n), ...simd(0xf0)],
  ...[...get(0), ...simd(VECTOR.splatWords32), ...simd(VECTOR.doublesOfWords32)],
  ...simd(0x49),
];

const low = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
/** Lane 0 of two vectors side by side; and lane 1. */
const SIDE_BY_SIDE = [low, low.map((byte) => byte + 8)] as const;

const bitsOf = new DataView(new ArrayBuffer(8));
const double = (value: number): number[] => {
  bitsOf.setFloat64(0, value);
  return constant(bitsOf.getBigUint64(0));
};

/**
 * Adds the parts of both events to their rows, one event after the other, since both may have one row. `slot` and
 * `parts` are the instructions that put these values on the stack.
 */
export function emitAdd(
  { rows }: Extract<Effect, { kind: 'add' }>,
  table: number,
  slot: readonly number[],
  parts: readonly (readonly number[])[],
  { valid, words, row }: EffectLocals,
): number[] {
  const bytes = rowBytes(parts.length);
  const rowOf = (lane: number, from: readonly number[]): number[] => [
    ...[...from, ...simd(VECTOR.extract32), lane],
    ...[...i32(bytes), I32.multiply, ...get(table), I32.add],
  ];
  // No more than `rows`, which is the row that nobody reads; so is that of a lane beyond the last event.
  const words32 = [
    ...[...slot, ...double(rows), ...simd(0xf4), ...double(rows), ...get(valid), ...simd(0x52)],
    ...simd(VECTOR.truncateToWords32),
    ...set(words),
  ];
  const added = (lane: 0 | 1): number[] =>
    parts.length === 0
      ? [...get(row), ...get(row), I32.load, ...at(2), ...i32(1), I32.add, I32.store, ...at(2)]
      : Array.from({ length: Math.ceil(parts.length / 2) }, (_, pair) => [
          ...[...get(row), ...get(row), ...simd(VECTOR.load), ...at(4, 16 * pair)],
          ...[...parts[2 * pair]!, ...(parts[2 * pair + 1] ?? double(0))],
          ...[...simd(VECTOR.shuffle), ...SIDE_BY_SIDE[lane]],
          ...[...simd(0xf0), ...simd(VECTOR.store), ...at(4, 16 * pair)],
        ]).flat();
  return [
    ...words32,
    ...rowOf(0, get(words)),
    ...set(row),
    ...added(0),
    ...rowOf(1, get(words)),
    ...set(row),
    ...added(1),
  ];
}

/** Looks up both lanes of the index on the stack. */
export const emitLookup = (table: number, { words }: EffectLocals): number[] => {
  const found = (lane: number): number[] => [
    ...[
      ...get(words),
      ...simd(VECTOR.extract32),
      lane,
      ...i32(2),
      I32.left,
      ...get(table),
      I32.add,
      I32.load,
      ...at(2),
    ],
  ];
  return [
    ...[...simd(VECTOR.truncateToWords32), ...tee(words), ...simd(VECTOR.extract32), 0, ...i32(2), I32.left],
    ...[...get(table), I32.add, I32.load, ...at(2), ...simd(VECTOR.splatWords32)],
    ...[...found(1), ...simd(VECTOR.replace32), 1, ...simd(VECTOR.doublesOfWords32)],
  ];
};
