import { upperWord } from './cell_code.js';
import { cellOf, makeRoomFor, sortCells, type CellTable } from './cell_table.js';
import type { Rows, Summary } from './summary.js';

export interface ContextCellsConfig {
  /** Number of context variables. */
  readonly dimensions: number;
  readonly groups: number;
  /** The cells become coarser when there are more than this; at least 2^dimensions, the number of sign patterns. */
  readonly maxCells: number;
}

/** Cells by the codes (cell_code.ts) of the variables, all at the same `shift`. The hash table is empty when settled. */
export interface ContextCellsState extends CellTable {
  readonly maxCells: number;
  shift: number;
}

/** Cells of a relative width of 2^-10. */
const FINEST_SHIFT = 10;
/** Only the sign is left. */
const COARSEST_SHIFT = 31;

const empty = ({ dimensions, groups, maxCells }: ContextCellsConfig): ContextCellsState => ({
  dimensions,
  groups,
  maxCells,
  shift: FINEST_SHIFT,
  size: 0,
  codes: new Uint32Array(0),
  n: new Float64Array(0),
  table: new Int32Array(0),
});

/**
 * Counts of events in cells of the context space, by group. Columns: the context variables, finite.
 * The shift is the least at which the events have no more than maxCells cells, whatever the order they came in.
 */
export const contextCells: Summary<ContextCellsConfig, ContextCellsState> = {
  name: 'context_cells',
  columns: ({ dimensions }) => dimensions,
  create: empty,
  fill(state: ContextCellsState, { length, columns, group }: Rows) {
    const { dimensions, groups } = state;
    const key = new Uint32Array(dimensions);
    for (let i = 0; i < length; i++) {
      for (let d = 0; d < dimensions; d++) key[d] = upperWord(columns[d]![i]!) >>> state.shift;
      const cell = cellOf(state, key);
      state.n[cell * groups + (group === null ? 0 : group[i]!)]!++;
      if (state.size > state.maxCells) coarsen(state);
    }
  },
  merge(into, from) {
    if ((['dimensions', 'groups', 'maxCells'] as const).some((key) => into[key] !== from[key])) {
      throw new RangeError('summaries of different configurations cannot be merged');
    }
    while (into.shift < from.shift) widen(into);
    add(into, from);
  },
  settle: sortCells,
};

/** Joins neighbours until there are at most maxCells: the same level is reached in any order of filling. */
function coarsen(state: ContextCellsState): void {
  while (state.size > state.maxCells && state.shift < COARSEST_SHIFT) widen(state);
}

/** One level coarser. */
function widen(state: ContextCellsState): void {
  const finer = { ...state };
  Object.assign(state, empty(state), { shift: state.shift + 1 });
  makeRoomFor(state, finer.size);
  add(state, finer);
}

/** Adds cells that are at least as fine. */
function add(state: ContextCellsState, { codes, n, size, shift }: ContextCellsState): void {
  const { dimensions, groups } = state;
  const key = new Uint32Array(dimensions);
  for (let cell = 0; cell < size; cell++) {
    for (let d = 0; d < dimensions; d++) key[d] = codes[cell * dimensions + d]! >>> (state.shift - shift);
    const into = cellOf(state, key);
    for (let g = 0; g < groups; g++) state.n[into * groups + g]! += n[cell * groups + g]!;
    coarsen(state);
  }
}
