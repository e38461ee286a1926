import type { GridState } from '../../operators/summaries/grid.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { AxisWords, HistogramWords, UhiHistogram } from './uhi.js';
import { uhiOfGrid, uhiOfResponse } from './uhi_grid.js';
import { uhiOfHistogram, type Groups } from './uhi_histogram.js';

/** A summary, what its groups are, and its axes. */
export interface NamedHistogram {
  readonly name: string;
  readonly state: HistogramState;
  readonly axis: AxisWords;
  readonly groups: Groups;
}
export interface NamedGrid {
  readonly name: string;
  readonly state: GridState;
  readonly x: AxisWords;
  readonly y: AxisWords;
}

/** Summaries by name, with all their bins; of a grid that holds the response also NAME/response. */
export function uhiOfSummaries(
  words: HistogramWords,
  histograms: readonly NamedHistogram[],
  grids: readonly NamedGrid[],
): Record<string, UhiHistogram> {
  const out: Record<string, UhiHistogram> = {};
  for (const { name, state, axis, groups } of histograms) out[name] = uhiOfHistogram(state, words, axis, groups);
  for (const { name, state, x, y } of grids) {
    out[name] = uhiOfGrid(state, words, x, y);
    const response = uhiOfResponse(state, words, x, y);
    if (response) out[`${name}/response`] = response;
  }
  return out;
}
