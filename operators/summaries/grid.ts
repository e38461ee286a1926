import { exactSums, mergeSums, settleSums, type ExactSums } from './exact_sum.js';
import type { Bins } from './histogram.js';
import { fillPowers } from './moments.js';
import type { Rows, Summary } from './summary.js';
import { fillTally, mergeTally, settleTally, slotColumn, tally, type Tally } from './tally.js';

export interface GridConfig {
  readonly x: Bins;
  readonly y: Bins;
  readonly weighted: boolean;
  /** False: only the events are counted, and the third column is not read. */
  readonly response: boolean;
}

/** Cell (ix, iy) of the plane with flow bins on all sides: slot iy · (nx + 2) + ix, ix = 0 underflow, nx + 1 overflow. */
export interface GridState extends Tally {
  readonly x: Bins;
  readonly y: Bins;
  /** At 3s, 3s + 1, 3s + 2 for slot s: Σwδ, Σwδ², Σw|δ|. */
  readonly sums: ExactSums | null;
}

/** Number of events, Σδ, Σδ² and Σ|δ| over a plane of two variables. Columns: x, y and, with a response, δ; all finite. */
export const grid: Summary<GridConfig, GridState> = {
  name: 'grid',
  columns: ({ response }) => (response ? 3 : 2),
  create({ x, y, weighted, response }) {
    const slots = (x[0] + 2) * (y[0] + 2);
    const sums = response ? exactSums(3 * slots, weighted ? 'wide' : 'narrow') : null;
    return { ...tally(slots, weighted), x, y, sums };
  },
  fill(state: GridState, { length, columns, weight }: Rows) {
    const [nx, xLow, xHigh] = state.x;
    const [ny, yLow, yHigh] = state.y;
    const x = columns[0]!;
    const y = columns[1]!;
    const xScale = nx / (xHigh - xLow);
    const yScale = ny / (yHigh - yLow);
    const slots = slotColumn(length);
    for (let i = 0; i < length; i++) {
      const tx = (x[i]! - xLow) * xScale;
      const ty = (y[i]! - yLow) * yScale;
      const ix = tx >= 0 ? (tx < nx ? (tx | 0) + 1 : nx + 1) : 0;
      const iy = ty >= 0 ? (ty < ny ? (ty | 0) + 1 : ny + 1) : 0;
      slots[i] = iy * (nx + 2) + ix;
    }
    fillTally(state, slots, length, weight);
    if (state.sums) fillPowers(state.sums, slots, columns[2]!, length, state.w && weight && weight.w);
  },
  merge(into, from) {
    mergeTally(into, from);
    if (into.sums && from.sums) mergeSums(into.sums, from.sums);
  },
  settle(state) {
    settleTally(state);
    if (state.sums) settleSums(state.sums);
  },
};
