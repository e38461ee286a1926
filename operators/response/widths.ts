import { quantile } from '../summaries/quantile.js';
import type { HistogramState } from '../summaries/histogram.js';
import type { ZoomState } from '../summaries/zoom.js';
import { estimate, unknown, type Estimate } from './estimate.js';

export interface Widths {
  readonly median: Estimate;
  readonly sigma68: Estimate;
  readonly iqr: Estimate;
}

/** Of a Gaussian, per σ / √n: error of the median √(π/2), of σ68, of the interquartile range / 1.349. */
const ERROR = { median: 1.2533, sigma68: 0.962, iqr: 1.166 };
const GAUSSIAN_IQR = 1.349;

/**
 * Median, σ68 = (q84.13 − q15.87) / 2 and interquartile range / 1.349 of a group, from the histogram and its zoom.
 * Errors are those of a Gaussian core of width σ68 with n_eff events; for long tails they are approximate.
 * Unknown for an empty group, and where a quantile lies in a flow bin; a width needs two effective events.
 */
export function widths(hist: HistogramState, zoom: ZoomState, group: number, n: number): Widths {
  const q = (p: number): Estimate => {
    const found = quantile(hist, zoom, group, p);
    return found.value === null ? unknown(found.reason) : estimate(found.value, NaN);
  };
  const half = (low: Estimate, high: Estimate, divisor: number): Estimate =>
    low.value === null || high.value === null
      ? low.value === null
        ? low
        : high
      : n < 2
        ? unknown('fewer than two effective events')
        : estimate((high.value - low.value) / divisor, NaN);
  const sigma68 = half(q(0.1587), q(0.8413), 2);
  const iqr = half(q(0.25), q(0.75), GAUSSIAN_IQR);
  const unit = n > 1 && sigma68.value !== null ? sigma68.value / Math.sqrt(n) : NaN;
  const withError = (x: Estimate, factor: number): Estimate =>
    x.value === null ? x : estimate(x.value, factor * unit);
  return {
    median: withError(q(0.5), ERROR.median),
    sigma68: withError(sigma68, ERROR.sigma68),
    iqr: withError(iqr, ERROR.iqr),
  };
}
