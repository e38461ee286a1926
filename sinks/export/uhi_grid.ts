import { sumOfSquares, sumOfWeights } from '../../operators/response/effective_n.js';
import { sumAt } from '../../operators/summaries/exact_sum.js';
import type { GridState } from '../../operators/summaries/grid.js';
import {
  regularAxis,
  uhiHistogram,
  type AxisWords,
  type HistogramWords,
  type UhiAxis,
  type UhiHistogram,
  type UhiMetadata,
} from './uhi.js';

/** The number of events in a plane, Σw and Σw², flow bins on all sides. */
export function uhiOfGrid(state: GridState, words: HistogramWords, x: AxisWords, y: AxisWords): UhiHistogram {
  const storage = {
    type: 'weighted',
    values: byColumn(state, (slot) => sumOfWeights(state, slot)),
    variances: byColumn(state, (slot) => sumOfSquares(state, slot)),
  } as const;
  return uhiHistogram(words, entries(state), planeAxes(state, x, y), storage);
}

/**
 * The mean response in each cell of a plane: `values` Σwδ / Σw and `variances` the sample variance
 * (Σwδ² − (Σwδ)² / Σw) / (Σw − Σw² / Σw), as boost-histogram's WeightedMean has them; both 0 where they do not exist
 * (no event, Σw = 0, or for the variance a single event), as there. Undefined for a grid that only counts.
 */
export function uhiOfResponse(
  state: GridState,
  words: HistogramWords,
  x: AxisWords,
  y: AxisWords,
): UhiHistogram | undefined {
  const { sums } = state;
  if (sums === null) return undefined;
  const mean = (slot: number): number => {
    const w = sumOfWeights(state, slot);
    return w === 0 ? 0 : sumAt(sums, 3 * slot) / w;
  };
  const variance = (slot: number): number => {
    const w = sumOfWeights(state, slot);
    const free = w - sumOfSquares(state, slot) / w;
    if (state.n[slot]! < 2 || w === 0 || free === 0) return 0;
    return (sumAt(sums, 3 * slot + 1) - sumAt(sums, 3 * slot) * mean(slot)) / free;
  };
  const storage = {
    type: 'weighted_mean',
    sum_of_weights: byColumn(state, (slot) => sumOfWeights(state, slot)),
    sum_of_weights_squared: byColumn(state, (slot) => sumOfSquares(state, slot)),
    values: byColumn(state, mean),
    variances: byColumn(state, variance),
  } as const;
  return uhiHistogram(words, entries(state), planeAxes(state, x, y), storage);
}

const entries = ({ n }: GridState): UhiMetadata => ({ entries: n.reduce((sum, entry) => sum + entry, 0) });

const planeAxes = (state: GridState, x: AxisWords, y: AxisWords): UhiAxis[] => [
  regularAxis(state.x, x),
  regularAxis(state.y, y),
];

/** By x, then y: a grid keeps its cells by y, then x. */
const byColumn = ({ x: [nx], y: [ny] }: GridState, of: (slot: number) => number): number[][] =>
  Array.from({ length: nx + 2 }, (_, ix) => Array.from({ length: ny + 2 }, (_, iy) => of(iy * (nx + 2) + ix)));
