import type { Rows, Summary } from './summary.js';

export interface DistinctConfig {
  /** With more different values than this none are kept, and `over` is set. */
  readonly most: number;
}

/** The values that occur, rising when settled, and how many events have each. */
export interface DistinctState extends DistinctConfig {
  over: boolean;
  values: Float64Array;
  n: Float64Array;
}

/** Different values of a column (windows, categories) with their counts. Column: x, finite; −0 counts as 0. */
export const distinct: Summary<DistinctConfig, DistinctState> = {
  name: 'distinct',
  columns: () => 1,
  create: ({ most }) => ({ most, over: false, values: new Float64Array(0), n: new Float64Array(0) }),
  fill(state: DistinctState, { length, columns }: Rows) {
    if (state.over) return;
    const counts = new Map<number, number>();
    const x = columns[0]!;
    for (let i = 0; i < length; i++) counts.set(x[i]! + 0, (counts.get(x[i]! + 0) ?? 0) + 1);
    add(state, counts);
  },
  merge(into, from) {
    if (into.most !== from.most) throw new RangeError('summaries of different configurations cannot be merged');
    into.over ||= from.over;
    add(into, new Map([...from.values].map((value, i) => [value, from.n[i]!])));
  },
  settle: () => undefined,
};

function add(state: DistinctState, counts: Map<number, number>): void {
  state.values.forEach((value, i) => counts.set(value, (counts.get(value) ?? 0) + state.n[i]!));
  state.over ||= counts.size > state.most;
  state.values = state.over ? new Float64Array(0) : Float64Array.from(counts.keys()).sort();
  state.n = state.values.map((value) => counts.get(value)!);
}
