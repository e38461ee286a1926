import { wrongSample } from '../problem.js';
import { cellCentre, upperWord } from './cell_code.js';
import { cellOf, makeRoomFor, sortCells } from './cell_table.js';
import { contextCells, type ContextCellsConfig, type ContextCellsState } from './context_cells.js';
import { addNarrow, exactSums, reserve, settleSums, sumAt, WIDTH, type ExactSums } from './exact_sum.js';
import type { Rows, Summary } from './summary.js';

/** Context cells with, at slot s = cell · groups + group, the sums 2s and 2s + 1: Σy and Σy². */
export interface ResponseCellsState extends ContextCellsState {
  sums: ExactSums;
}

/** Limbs a slot: Σy, Σy². */
const STRIDE = 2 * WIDTH.narrow;
/** Larger |y| is no response that a correction could be made from. */
const MAX_RESPONSE = 1000;

const empty = (config: ContextCellsConfig): ResponseCellsState => ({
  ...contextCells.create(config),
  sums: exactSums(0, 'narrow'),
});

/**
 * Number of events, Σy and Σy² in cells of the context space, by group: from it regimes and corrections are pure
 * functions, whatever map comes later. Columns: the context variables, finite, then y, |y| ≤ 1000 (else it throws).
 * Cells and their coarsening are those of context_cells.ts. Every event counts 1, whatever its weight: a correction is
 * a function of the context, judged where the sample was made to have events; the weights of slices that span orders of
 * magnitude would leave it the statistical power of a few per cent of them.
 */
export const responseCells: Summary<ContextCellsConfig, ResponseCellsState> = {
  name: 'response_cells',
  columns: ({ dimensions }) => dimensions + 1,
  create: empty,
  fill(state: ResponseCellsState, { length, columns, group }: Rows) {
    const { dimensions, groups } = state;
    const key = new Uint32Array(dimensions);
    const y = columns[dimensions]!;
    reserve(state.sums, length);
    let limbs = state.sums.limbs;
    for (let i = 0; i < length; i++) {
      for (let d = 0; d < dimensions; d++) key[d] = upperWord(columns[d]![i]!) >>> state.shift;
      const yi = y[i]!;
      if (!(Math.abs(yi) <= MAX_RESPONSE)) throw tooLarge(yi);
      const slot = cellOf(state, key) * groups + (group === null ? 0 : group[i]!);
      if (limbs.length < state.n.length * STRIDE) limbs = makeRoom(state);
      state.n[slot]!++;
      addNarrow(limbs, slot * STRIDE, yi);
      addNarrow(limbs, slot * STRIDE + WIDTH.narrow, yi * yi);
      if (state.size > state.maxCells) {
        coarsen(state);
        reserve(state.sums, length);
        limbs = state.sums.limbs;
      }
    }
  },
  merge(into, from) {
    if ((['dimensions', 'groups', 'maxCells'] as const).some((key) => into[key] !== from[key])) {
      throw new RangeError('summaries of different configurations cannot be merged');
    }
    while (into.shift < from.shift) widen(into);
    settleSums(into.sums);
    add(into, from);
    settleSums(into.sums);
  },
  settle(state) {
    const { dimensions, groups, size } = state;
    const unsorted = { ...state };
    settleSums(unsorted.sums);
    sortCells(state);
    const sums = exactSums(2 * size * groups, 'narrow');
    const row = groups * STRIDE;
    for (let cell = 0; cell < size; cell++) {
      const at = cellOf(unsorted, state.codes.subarray(cell * dimensions, (cell + 1) * dimensions)) * row;
      sums.limbs.set(unsorted.sums.limbs.subarray(at, at + row), cell * row);
    }
    state.sums = sums;
  },
};

/** Cells as plain columns, sorted; `n`, `sum` (Σy) and `sumOfSquares` (Σy²) at cell · groups + group. */
export interface CellRows {
  /** Centres, row-major: cells × dimensions. */
  readonly points: Float64Array;
  readonly n: Float64Array;
  readonly sum: Float64Array;
  readonly sumOfSquares: Float64Array;
  readonly cells: number;
  readonly groups: number;
  readonly dimensions: number;
}

/** The content of the state, which is settled here. */
export function cellRows(state: ResponseCellsState): CellRows {
  responseCells.settle(state);
  const { dimensions, groups, size, n, sums, codes, shift } = state;
  return {
    points: Float64Array.from(codes, (code) => cellCentre(code, shift)),
    n: n.slice(),
    sum: Float64Array.from(n, (_, slot) => sumAt(sums, 2 * slot)),
    sumOfSquares: Float64Array.from(n, (_, slot) => sumAt(sums, 2 * slot + 1)),
    cells: size,
    groups,
    dimensions,
  };
}

function coarsen(state: ResponseCellsState): void {
  while (state.size > state.maxCells && state.shift < COARSEST_SHIFT) widen(state);
}

/** Only the sign is left. */
const COARSEST_SHIFT = 31;

/** One level coarser. */
function widen(state: ResponseCellsState): void {
  const finer = { ...state };
  Object.assign(state, empty(state), { shift: state.shift + 1 });
  makeRoomFor(state, finer.size);
  add(state, finer);
}

/** Adds cells that are at least as fine. Settled limbs are small: those of all cells together stay exact. */
function add(state: ResponseCellsState, { codes, n, size, shift, sums }: ResponseCellsState): void {
  const { dimensions, groups } = state;
  const key = new Uint32Array(dimensions);
  const row = groups * STRIDE;
  settleSums({ ...sums, limbs: sums.limbs.subarray(0, size * row) });
  for (let cell = 0; cell < size; cell++) {
    for (let d = 0; d < dimensions; d++) key[d] = codes[cell * dimensions + d]! >>> (state.shift - shift);
    const into = cellOf(state, key);
    const limbs = makeRoom(state);
    for (let g = 0; g < groups; g++) state.n[into * groups + g]! += n[cell * groups + g]!;
    for (let at = 0; at < row; at++) limbs[into * row + at]! += sums.limbs[cell * row + at]!;
    if (state.size > state.maxCells) coarsen(state);
  }
}

/** The limbs, as many as the cell table has room for. */
function makeRoom(state: ResponseCellsState): Float64Array {
  const { sums, n } = state;
  if (sums.limbs.length < n.length * STRIDE) {
    const limbs = new Float64Array(n.length * STRIDE);
    limbs.set(sums.limbs);
    state.sums = { ...sums, limbs };
  }
  return state.sums.limbs;
}

const tooLarge = (y: number): Error =>
  wrongSample(
    `response_cells: response ${y} is not within ±${MAX_RESPONSE}; reject such events by the valid range of a column`,
  );
