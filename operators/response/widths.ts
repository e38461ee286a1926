import { quantile } from '../summaries/quantile.js';
import type { HistogramState } from '../summaries/histogram.js';
import type { ZoomState } from '../summaries/zoom.js';
import { estimate, unknown, type Estimate } from './estimate.js';
import { quantileCovariance } from './quantile_covariance.js';

export interface Widths {
  readonly median: Estimate;
  readonly sigma68: Estimate;
  readonly iqr: Estimate;
}

const PROBABILITIES = [0.1587, 0.25, 0.5, 0.75, 0.8413];
const GAUSSIAN_IQR = 1.349;

/**
 * Median, σ68 = (q84.13 − q15.87) / 2 and interquartile range / 1.349 of a group of n_eff events, from the histogram and
 * its zoom. Errors from the density at the quantiles and their covariance (see `quantileCovariance`): for a Gaussian
 * 1.253, 0.962 and 1.166 σ / √n; for a core with tails, or of events that differ in width, the error of σ68 is larger
 * than that, by half for a Z → ll mass. Below some 20 events they are rough.
 * Unknown for an empty group, and where a quantile lies in a flow bin; a width needs two effective events,
 * and so does the error of the median.
 */
export function widths(hist: HistogramState, zoom: ZoomState, group: number, n: number): Widths {
  const quantiles = PROBABILITIES.map((p): Estimate => {
    const found = quantile(hist, zoom, group, p);
    return found.value === null ? unknown(found.reason) : estimate(found.value, NaN);
  });
  const covariance = quantileCovariance(hist, zoom, group, PROBABILITIES);
  const median = quantiles[2]!;
  const half = (i: number, j: number, divisor: number): Estimate => {
    const [low, high] = [quantiles[i]!, quantiles[j]!];
    if (low.value === null) return low;
    if (high.value === null) return high;
    if (n < 2) return unknown('fewer than two effective events');
    const variance = covariance[i]![i]! + covariance[j]![j]! - 2 * covariance[i]![j]!;
    return estimate((high.value - low.value) / divisor, Math.sqrt(variance) / divisor);
  };
  return {
    median: median.value === null ? median : estimate(median.value, n > 1 ? Math.sqrt(covariance[2]![2]!) : NaN),
    sigma68: half(0, 4, 2),
    iqr: half(1, 3, GAUSSIAN_IQR),
  };
}
