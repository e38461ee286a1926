import { addWide, WIDTH } from '../summaries/exact_sum.js';
import { moments, type MomentsState } from '../summaries/moments.js';
import { cellRows, type CellRows, type ResponseCellsState } from '../summaries/response_cells.js';
import { fitRegimes, type ContextVariable, type RegimeFit, type RegimesConfig } from './regime_map.js';

const TRAIN = 0;

/**
 * fitRegimes (regime_map.ts) from response cells alone: mean and standard deviation of each variable are those of the
 * cells' centres, Σ n x / Σ n and Σ n x² / Σ n − mean² over the training events. Counts may be fractions, as forgotten
 * events have (online/memory.ts). Without a training event: undefined.
 */
export function fitRegimesFromCells(
  cells: ResponseCellsState,
  variables: readonly ContextVariable[],
  config: RegimesConfig,
): RegimeFit | undefined {
  const rows = cellRows(cells);
  const scales = variables.map((_, d) => momentsOfCentres(rows, d));
  const plain = variables.map(({ name, words }) => ({ name, words }));
  return fitRegimes({ ...cells }, scales, plain, config);
}

function momentsOfCentres({ points, n, cells, groups, dimensions }: CellRows, d: number): MomentsState {
  const state = moments.create({ groups, weighted: false, wide: true });
  const { limbs } = state.sums;
  for (let cell = 0; cell < cells; cell++) {
    const count = n[cell * groups + TRAIN]!;
    const x = points[cell * dimensions + d]!;
    state.n[TRAIN]! += count;
    addWide(limbs, 0, count * x);
    addWide(limbs, WIDTH.wide, count * (x * x));
  }
  state.sums.pending = cells;
  return state;
}
