import type { Rows, Summary } from './summary.js';

export interface ContextCellsConfig {
  /** Number of context variables. */
  readonly dimensions: number;
  readonly groups: number;
  /** The cells become coarser when there are more than this. */
  readonly maxCells: number;
}

/**
 * `codes` holds a row of `dimensions` codes a cell, `n` a row of counts (one a group) a cell.
 * The code of x is the upper word of its double, shifted right by `shift`: cells of constant relative width
 * 2^-(20 − shift), as in an HDR histogram, finer where values are small. `table` is the hash table of the cells
 * (index + 1, 0 free), empty when settled.
 */
export interface ContextCellsState {
  readonly dimensions: number;
  readonly groups: number;
  readonly maxCells: number;
  shift: number;
  size: number;
  codes: Uint32Array;
  n: Float64Array;
  table: Int32Array;
}

const FINEST_SHIFT = 10;
const COARSEST_SHIFT = 31;
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const UPPER = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** Upper 32 bits of a double: for x ≥ 0 they grow with x. */
export function upperWord(x: number): number {
  double[0] = x + 0;
  return words[UPPER]!;
}

/** Middle of the cell with this code. */
export function cellCentre(code: number, shift: number): number {
  const edge = (upper: number): number => {
    words[UPPER] = upper >>> 0;
    words[1 - UPPER] = 0;
    return double[0]!;
  };
  return (edge(code << shift) + edge((code << shift) + (2 ** shift - 1))) / 2;
}

function hash(codes: Uint32Array, at: number, dimensions: number): number {
  let h = 0;
  for (let d = 0; d < dimensions; d++) h = Math.imul(h ^ codes[at + d]! ^ (h >>> 15), 0x9e3779b1);
  return h ^ (h >>> 13);
}

/** Index of the cell `key[0 .. dimensions)`, made if it is new. */
function cellOf(state: ContextCellsState, key: Uint32Array): number {
  const { dimensions } = state;
  if ((state.size + 1) * dimensions > state.codes.length || state.table.length === 0) grow(state);
  const { table, codes } = state;
  const mask = table.length - 1;
  for (let probe = hash(key, 0, dimensions) & mask; ; probe = (probe + 1) & mask) {
    const found = table[probe]! - 1;
    if (found < 0) {
      for (let d = 0; d < dimensions; d++) codes[state.size * dimensions + d] = key[d]!;
      table[probe] = ++state.size;
      return state.size - 1;
    }
    let same = true;
    for (let d = 0; d < dimensions; d++) if (codes[found * dimensions + d] !== key[d]) same = false;
    if (same) return found;
  }
}

function nextPowerOfTwo(n: number): number {
  let power = 1;
  while (power < n) power *= 2;
  return power;
}

/** Makes room for twice the cells and rebuilds the table, which stays at least half empty. */
function grow(state: ContextCellsState): void {
  const { dimensions, groups, size } = state;
  const room = Math.max(64, 2 * size);
  const codes = new Uint32Array(room * dimensions);
  codes.set(state.codes.subarray(0, size * dimensions));
  const n = new Float64Array(room * groups);
  n.set(state.n.subarray(0, size * groups));
  const table = new Int32Array(2 * nextPowerOfTwo(room));
  for (let cell = 0; cell < size; cell++) {
    let probe = hash(codes, cell * dimensions, dimensions) & (table.length - 1);
    while (table[probe] !== 0) probe = (probe + 1) & (table.length - 1);
    table[probe] = cell + 1;
  }
  Object.assign(state, { codes, n, table });
}

function add(state: ContextCellsState, codes: Uint32Array, n: Float64Array, size: number, shift: number): void {
  const { dimensions, groups } = state;
  const key = new Uint32Array(dimensions);
  for (let cell = 0; cell < size; cell++) {
    for (let d = 0; d < dimensions; d++) key[d] = codes[cell * dimensions + d]! >>> (state.shift - shift);
    const into = cellOf(state, key);
    for (let g = 0; g < groups; g++) state.n[into * groups + g]! += n[cell * groups + g]!;
    coarsen(state);
  }
}

/** Joins neighbours until there are at most maxCells: the same level is reached in any order of filling. */
function coarsen(state: ContextCellsState): void {
  while (state.size > state.maxCells && state.shift < COARSEST_SHIFT) {
    const { codes, n, size, shift } = state;
    Object.assign(state, empty(state), { shift: shift + 1 });
    add(state, codes, n, size, shift);
  }
}

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

/** Counts of events in cells of the context space, by group. Columns: the context variables, finite. */
export const contextCells: Summary<ContextCellsConfig, ContextCellsState> = {
  name: 'context_cells',
  columns: 0,
  create: empty,
  fill(state: ContextCellsState, { length, columns, group }: Rows) {
    const { dimensions, groups } = state;
    const key = new Uint32Array(dimensions);
    for (let i = 0; i < length; i++) {
      for (let d = 0; d < dimensions; d++) {
        double[0] = columns[d]![i]! + 0;
        key[d] = words[UPPER]! >>> state.shift;
      }
      const cell = cellOf(state, key);
      state.n[cell * groups + (group === null ? 0 : group[i]!)]!++;
      if (state.size > state.maxCells) coarsen(state);
    }
  },
  merge(into, from) {
    while (into.shift < from.shift) {
      const { codes, n, size, shift } = into;
      Object.assign(into, empty(into), { shift: shift + 1 });
      add(into, codes, n, size, shift);
    }
    add(into, from.codes, from.n, from.size, from.shift);
  },
  settle(state) {
    const { dimensions, groups, size } = state;
    const order = Array.from({ length: size }, (_, cell) => cell).sort((a, b) => {
      for (let d = 0; d < dimensions; d++) {
        const difference = state.codes[a * dimensions + d]! - state.codes[b * dimensions + d]!;
        if (difference !== 0) return difference;
      }
      return 0;
    });
    const codes = new Uint32Array(size * dimensions);
    const n = new Float64Array(size * groups);
    order.forEach((cell, at) => {
      codes.set(state.codes.subarray(cell * dimensions, (cell + 1) * dimensions), at * dimensions);
      n.set(state.n.subarray(cell * groups, (cell + 1) * groups), at * groups);
    });
    Object.assign(state, { codes, n, table: new Int32Array(0) });
  },
};
