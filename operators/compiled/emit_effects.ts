import { at, constant, get, halvesOf, i32, I32, set, simd, VECTOR } from './instructions.js';
import { OPERATIONS } from './operations.js';

const DOUBLES = OPERATIONS.f64;

/** Bytes of a row with so many parts; a counter where it has none. */
export const rowBytes = (parts: number): number => (parts === 0 ? 4 : 16 * Math.ceil(parts / 2));

/** Locals of effects: lanes that are events (ones or zeros), the rows of both lanes, and the address of one. */
export interface EffectLocals {
  readonly valid: number;
  readonly words: number;
  readonly row: number;
}

const doublesOf = (integer: number): number[] => [
  ...[...get(integer), ...simd(VECTOR.splatWords32), ...simd(VECTOR.doublesOfWords32)],
];

/** For `valid`: whether the two events of a half of the turn at `event` are below the number of events (parameter 0). */
export const validLanes = (event: number, half: 0 | 1): number[] => [
  ...[...doublesOf(event), ...constant(bitsOf(2 * half), bitsOf(2 * half + 1)), ...simd(DOUBLES.add)],
  ...[...doublesOf(0), ...simd(DOUBLES.lt)],
];

const view = new DataView(new ArrayBuffer(8));
function bitsOf(value: number): bigint {
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

/**
 * Adds the parts to the row `slot` of both events, one after the other, since both may have one row. `slot` and `parts`
 * are the instructions that put these values on the stack. A slot beyond `rows`, and that of a lane which is no event, is
 * `rows`: a row that nobody reads.
 */
export function emitAdd(
  rows: number,
  table: number,
  slot: readonly number[],
  parts: readonly (readonly number[])[],
  { valid, words, row }: EffectLocals,
): number[] {
  const last = constant(bitsOf(rows));
  const numbered = [
    ...[...slot, ...last, ...simd(DOUBLES.min), ...last, ...get(valid), ...simd(DOUBLES.select)],
    ...[...simd(VECTOR.truncateToWords32), ...set(words)],
  ];
  const addressed = (lane: 0 | 1): number[] => [
    ...[...get(words), ...simd(VECTOR.extract32), lane, ...i32(rowBytes(parts.length)), I32.multiply],
    ...[...get(table), I32.add, ...set(row)],
  ];
  const counted = [...get(row), ...get(row), I32.load, ...at(2), ...i32(1), I32.add, I32.store, ...at(2)];
  const added = (lane: 0 | 1): number[] =>
    Array.from({ length: Math.ceil(parts.length / 2) }, (_, pair) => [
      ...[...get(row), ...get(row), ...simd(VECTOR.load), ...at(4, 16 * pair)],
      ...[...parts[2 * pair]!, ...(parts[2 * pair + 1] ?? constant(0n)), ...halvesOf(lane)],
      ...[...simd(DOUBLES.add), ...simd(VECTOR.store), ...at(4, 16 * pair)],
    ]).flat();
  const lanes = ([0, 1] as const).flatMap((lane) => [
    ...addressed(lane),
    ...(parts.length === 0 ? counted : added(lane)),
  ]);
  return [...numbered, ...lanes];
}

/** The numbers of a table at both lanes of the index on the stack. */
export function emitLookup(table: number, { words }: EffectLocals): number[] {
  const found = (lane: 0 | 1): number[] => [
    ...[...get(words), ...simd(VECTOR.extract32), lane, ...i32(2), I32.left],
    ...[...get(table), I32.add, I32.load, ...at(2)],
  ];
  return [
    ...[...simd(VECTOR.truncateToWords32), ...set(words), ...found(0), ...simd(VECTOR.splatWords32)],
    ...[...found(1), ...simd(VECTOR.replace32), 1, ...simd(VECTOR.doublesOfWords32)],
  ];
}
