import type { Rows, Summary } from './summary.js';

export interface WorstConfig {
  /** Events that are kept at most. */
  readonly most: number;
  /** Values that are kept of each beside its pull, its key and its group. */
  readonly values: number;
}

/**
 * The kept events from the worst on: row r is `table[r · width ..]`, width = 4 + values, of pull, upper and lower word of
 * the key, group, values. Rows from `kept` on are 0.
 */
export interface WorstState extends WorstConfig {
  kept: number;
  readonly table: Float64Array;
}

/** Pull, two words of the key, group. */
const HEAD = 4;

/** The row that `worst` inserts, and where it is made. */
let scratch = new Float64Array(HEAD);

/**
 * The `most` events of largest |pull|, with what is told of them. Columns: pull, upper and lower 32 bits of the event's
 * key, then the values, in any unit. Of equal |pull| the lower key comes first, then the lower pull, group and values, so
 * that the order is total and the result that of all events sorted at once, however they came: the top of a union is the
 * top of the tops. A NaN pull is passed over; −0 is kept as 0. An event that comes twice is kept twice.
 */
export const worst: Summary<WorstConfig, WorstState> = {
  name: 'worst',
  columns: ({ values }) => HEAD - 1 + values,
  create: ({ most, values }) => ({ most, values, kept: 0, table: new Float64Array(most * (HEAD + values)) }),
  fill(state: WorstState, { length, columns, group }: Rows) {
    const pull = columns[0]!;
    const width = HEAD + state.values;
    if (scratch.length < width) scratch = new Float64Array(width);
    let least = leastOf(state);
    for (let i = 0; i < length; i++) {
      // Nearly every event ends here; a NaN does too.
      if (!(Math.abs(pull[i]!) >= least)) continue;
      scratch[0] = plain(pull[i]!);
      scratch[1] = columns[1]![i]!;
      scratch[2] = columns[2]![i]!;
      scratch[3] = group === null ? 0 : group[i]!;
      for (let c = HEAD; c < width; c++) scratch[c] = plain(columns[c - 1]![i]!);
      insert(state, scratch, 0);
      least = leastOf(state);
    }
  },
  merge(into, from) {
    if (into.most !== from.most || into.values !== from.values) {
      throw new RangeError('summaries of different configurations cannot be merged');
    }
    const width = HEAD + from.values;
    for (let row = 0; row < from.kept; row++) insert(into, from.table, row * width);
  },
  settle: () => undefined,
};

/** One zero, one NaN: of equal values equal bits. */
const plain = (x: number): number => (Number.isNaN(x) ? NaN : x + 0);

const leastOf = ({ most, values, kept, table }: WorstState): number =>
  kept < most ? 0 : Math.abs(table[(most - 1) * (HEAD + values)]!);

/** Puts the row at its place, if that is among the first. */
function insert(state: WorstState, from: Float64Array, at: number): void {
  const { most, values, table } = state;
  const width = HEAD + values;
  let row = state.kept;
  while (row > 0 && precedes(from, at, table, (row - 1) * width, width)) row--;
  if (row >= most) return;
  table.copyWithin((row + 1) * width, row * width, Math.min(state.kept, most - 1) * width);
  for (let c = 0; c < width; c++) table[row * width + c] = from[at + c]!;
  state.kept = Math.min(state.kept + 1, most);
}

/** True: row a comes before row b. NaN values come last, and are equal. */
function precedes(a: Float64Array, i: number, b: Float64Array, j: number, width: number): boolean {
  const [first, second] = [Math.abs(a[i]!), Math.abs(b[j]!)];
  if (first !== second) return first > second;
  for (const c of [1, 2, 0]) if (a[i + c] !== b[j + c]) return a[i + c]! < b[j + c]!;
  for (let c = HEAD - 1; c < width; c++) {
    const [x, y] = [a[i + c]!, b[j + c]!];
    if (x !== y && !(Number.isNaN(x) && Number.isNaN(y))) return x < y || Number.isNaN(y);
  }
  return false;
}
