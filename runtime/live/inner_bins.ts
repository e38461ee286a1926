import type { Bins } from '../../operators/summaries/histogram.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { profileBins } from '../local_entries.js';

/** Bins of the profile histogram of δ about 0: from the first on, so many. */
export interface InnerBins {
  readonly first: number;
  readonly bins: Bins;
}

/**
 * The `most` bins of the profile histogram of δ that lie about 0, all if there are fewer: with δ from −1 to 1 in 800 bins,
 * 120 reach to ±0.15. A function of the pipeline alone, so that windows, and runs, can be laid over each other.
 */
export function innerBins(pipeline: Pipeline, most: number): InnerBins {
  const [n, low, high] = profileBins(pipeline);
  const edge = (i: number): number => (low * (n - i) + high * i) / n;
  const count = Math.min(n, most);
  const first = Math.min(n - count, Math.max(0, Math.round((-low * n) / (high - low)) - Math.floor(count / 2)));
  return { first, bins: [count, edge(first), edge(first + count)] };
}
