import { slotsOf, type HistogramState } from '../summaries/histogram.js';
import { sumOfWeights } from './effective_n.js';
import { wilson } from './wilson.js';

export interface Proportion {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Share of events further than 3 σ68 from the median, with the Wilson 68 % interval for n_eff events. Bins count by
 * their middle, so the border is known to half a bin; the bin of the median is never in the tail, flow bins always.
 * Empty, or Σw ≤ 0: null.
 */
export function tail(hist: HistogramState, group: number, median: number, sigma68: number, n: number): Proportion {
  const [bins, low, high] = hist.bins;
  const width = (high - low) / bins;
  const first = group * slotsOf(hist.bins);
  const border = Math.max(3 * sigma68, width / 2);
  let all = 0;
  let outside = 0;
  for (let slot = 0; slot < bins + 2; slot++) {
    const entry = sumOfWeights(hist, first + slot);
    const middle = slot === 0 ? -Infinity : slot === bins + 1 ? Infinity : low + (slot - 0.5) * width;
    all += entry;
    if (Math.abs(middle - median) > border) outside += entry;
  }
  if (all <= 0) return { value: null, low: null, high: null };
  const value = Math.min(1, Math.max(0, outside / all));
  return { value, ...wilson(value, n) };
}
