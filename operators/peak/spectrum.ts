import { sumOfSquares, sumOfWeights } from '../response/effective_n.js';
import { slotsOf, type HistogramState } from '../summaries/histogram.js';

/** A group's spectrum within a range: bin i is [low + i · width, low + (i + 1) · width). */
export interface Spectrum {
  readonly low: number;
  readonly high: number;
  readonly width: number;
  readonly bins: number;
  /** Events, Σw and Σw² by bin. */
  readonly n: Float64Array;
  readonly w: Float64Array;
  readonly w2: Float64Array;
  readonly events: number;
  readonly sum: number;
  readonly squares: number;
}

/**
 * The bins of a group that lie wholly within [low, high], in GeV, as many joined into one as fit into `coarsest`.
 * The last bins that do not fill a joined one are left out, so the range can end up to `coarsest` early.
 * undefined: no bin lies within.
 */
export function spectrumOf(
  hist: HistogramState,
  group: number,
  [low, high]: readonly [number, number],
  coarsest: number,
): Spectrum | undefined {
  const [all, from, to] = hist.bins;
  const fine = (to - from) / all;
  // A hair of slack: an edge that rounding puts just outside the range belongs to it.
  const first = Math.max(0, Math.ceil((low - from) / fine - 1e-6));
  const last = Math.min(all, Math.floor((high - from) / fine + 1e-6));
  const joined = Math.max(1, Math.floor(coarsest / fine + 1e-6));
  const bins = Math.floor((last - first) / joined);
  if (!(bins > 0)) return undefined;
  const [n, w, w2] = [new Float64Array(bins), new Float64Array(bins), new Float64Array(bins)];
  const slot = group * slotsOf(hist.bins) + 1 + first;
  let [events, sum, squares] = [0, 0, 0];
  for (let i = 0; i < bins * joined; i++) {
    const bin = Math.floor(i / joined);
    n[bin]! += hist.n[slot + i]!;
    w[bin]! += sumOfWeights(hist, slot + i);
    w2[bin]! += sumOfSquares(hist, slot + i);
  }
  for (let bin = 0; bin < bins; bin++) {
    events += n[bin]!;
    sum += w[bin]!;
    squares += w2[bin]!;
  }
  const width = fine * joined;
  const start = from + first * fine;
  return { low: start, high: start + bins * width, width, bins, n, w, w2, events, sum, squares };
}
