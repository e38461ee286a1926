import type { ListColumn, NumberColumn } from '../batch.js';
import { wrongSample } from '../problem.js';
import { columnOperand, type Loop, type Numbers, type Operand } from './loop.js';

/**
 * A list for each event while formulas run: event i has values[offsets[i] .. offsets[i + 1]), offsets[0] is 0.
 * `broken[i]` is 1 where lists of different lengths met: such a list is empty and whatever is asked of it is NaN.
 */
export interface Lists {
  readonly values: Numbers;
  readonly offsets: Int32Array;
  readonly broken: Uint8Array | null;
}

/** Gives an array of at least that many elements, to be reused from call to call. */
export type Room = (length: number) => Numbers;

const isLists = (arg: Operand | Lists): arg is Lists => 'offsets' in arg;

export function loadList(name: string, { offsets, values }: ListColumn, n: number, room: Room): Lists {
  const start = offsets[0] ?? 0;
  const end = n === 0 ? start : (offsets[n] ?? Infinity);
  if (end > values.length)
    throw wrongSample(`column '${name}' has fewer lists or values than the batch has events (${n})`);
  const own = values.subarray(start, end);
  const moved = start === 0 ? offsets : offsets.map((offset) => offset - start);
  return { values: inPrecision(own, room(own.length)), offsets: moved, broken: null };
}

/** The column itself where it has the precision of `room`; else its numbers, rounded to it, in there. */
export function inPrecision(column: NumberColumn, room: Numbers): Numbers {
  if (isOf(column, room)) return column;
  room.set(column);
  return room;
}

const isOf = (column: NumberColumn, room: Numbers): column is Numbers =>
  room instanceof Float64Array ? column instanceof Float64Array : column instanceof Float32Array;

/** Runs a loop over the elements of lists of the same event; numbers of the event are repeated for each element. */
export function overLists(loop: Loop, args: readonly (Operand | Lists)[], n: number, room: Room): Lists {
  const lists = align(args.filter(isLists), n);
  const { offsets, broken } = lists[0]!;
  let next = 0;
  const operands = args.map((arg) => {
    if (isLists(arg)) return columnOperand(lists[next++]!.values);
    return arg.mask === 0 ? arg : columnOperand(repeat(arg.values, offsets, n));
  });
  const total = offsets[n] ?? 0;
  const values = room(total);
  loop(values, total, ...operands);
  return { values, offsets, broken };
}

/** Makes lists share their offsets: events in which their lengths differ, or one is broken, become broken in all. */
function align(lists: readonly Lists[], n: number): readonly Lists[] {
  const first = lists[0]!;
  if (lists.every((other) => other.broken === null && sameOffsets(first.offsets, other.offsets, n))) return lists;
  const broken = new Uint8Array(n);
  const offsets = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) {
    const length = lengthOf(first, i);
    const whole = lists.every((other) => other.broken?.[i] !== 1 && lengthOf(other, i) === length);
    broken[i] = whole ? 0 : 1;
    offsets[i + 1] = offsets[i]! + (whole ? length : 0);
  }
  return lists.map((list) => {
    const values = emptyAs(list.values, offsets[n] ?? 0);
    for (let i = 0; i < n; i++) {
      const from = list.offsets[i]!;
      if (broken[i] === 0) values.set(list.values.subarray(from, list.offsets[i + 1]), offsets[i]);
    }
    return { values, offsets, broken };
  });
}

/** As many zeros, of the precision of `numbers`. */
const emptyAs = (numbers: Numbers, length: number): Numbers =>
  numbers instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);

const lengthOf = (list: Lists, i: number): number => list.offsets[i + 1]! - list.offsets[i]!;

function sameOffsets(a: Int32Array, b: Int32Array, n: number): boolean {
  if (a === b) return true;
  for (let i = 0; i <= n; i++) if (a[i] !== b[i]) return false;
  return true;
}

function repeat(values: Numbers, offsets: Int32Array, n: number): Numbers {
  const repeated = emptyAs(values, offsets[n] ?? 0);
  for (let i = 0; i < n; i++) repeated.fill(values[i]!, offsets[i], offsets[i + 1]);
  return repeated;
}

/** Puts NaN where a number was taken from a broken list. */
export function spoil(out: Numbers, { broken }: Lists): void {
  if (broken === null) return;
  for (let i = 0; i < broken.length; i++) if (broken[i] === 1) out[i] = NaN;
}
