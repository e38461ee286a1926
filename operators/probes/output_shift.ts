import { effectiveN } from '../response/effective_n.js';
import type { Estimate } from '../response/estimate.js';
import { mean } from '../response/mean.js';
import { widths } from '../response/widths.js';
import { histogram, type Bins, type HistogramState } from '../summaries/histogram.js';
import { moments, type MomentsState } from '../summaries/moments.js';
import { zoomFor } from '../summaries/quantile.js';
import { intoOne, regroupHistogram, regroupMoments } from '../summaries/regroup.js';
import type { Rows } from '../summaries/summary.js';
import { zoom, type ZoomState } from '../summaries/zoom.js';

/** Of the shift, in resolutions or logits. */
const BINS: Bins = [4000, -50, 50];
const QUANTILES = [0.1587, 0.25, 0.5, 0.75, 0.8413];
const PARTS = 1024;

/** (f(x') − f(x)) in resolutions for a regressor, in logits for a classifier. */
export interface OutputShiftRow {
  readonly regime: number | 'all';
  readonly mean: Estimate;
  readonly sigma68: Estimate;
  /** Shifts that are no finite number: no answer, or a probability of 0 or 1. Left out. */
  readonly leftOut: number;
}

/**
 * Mean (± s/√n, response/mean.ts) and σ68 (response/widths.ts, to 2·10⁻⁵ of a resolution or logit) of the shift of the
 * output by regime, 'all' first. `shift` is in units of one resolution, or in logits. σ68 is unknown where its quantiles
 * lie beyond ±50, everything without events. The order of the events does not matter.
 */
export function outputShift(shift: Float64Array, group: Uint16Array, groups: number): OutputShiftRow[] {
  const known = shift.map((value, i) => (Number.isFinite(value) ? i : -1)).filter((i) => i >= 0);
  const rows: Rows = {
    length: known.length,
    columns: [known.map((i) => shift[i]!)],
    group: Uint16Array.from(known, (i) => group[i]!),
    weight: null,
  };
  const leftOut = new Float64Array(groups);
  shift.forEach((value, i) => {
    if (!Number.isFinite(value)) leftOut[group[i]!]!++;
  });
  const sums = moments.create({ groups, weighted: false, wide: true });
  moments.fill(sums, rows);
  const hist = histogram.create({ bins: BINS, groups, weighted: false });
  histogram.fill(hist, rows);
  const into = intoOne(groups);
  const all = rowsOf(regroupMoments(sums, into, 1), regroupHistogram(hist, into, 1), { ...rows, group: null });
  return [
    ...all.map((row) => ({ ...row, regime: 'all' as const, leftOut: leftOut.reduce((a, b) => a + b, 0) })),
    ...rowsOf(sums, hist, rows).map((row, regime) => ({ ...row, regime, leftOut: leftOut[regime]! })),
  ];
}

function rowsOf(sums: MomentsState, hist: HistogramState, rows: Rows): Pick<OutputShiftRow, 'mean' | 'sigma68'>[] {
  const closer: ZoomState = zoom.create(zoomFor(hist, QUANTILES, PARTS));
  zoom.fill(closer, rows);
  return Array.from({ length: hist.groups }, (_, g) => ({
    mean: mean(sums, g),
    sigma68: widths(hist, closer, g, effectiveN(sums, g)).sigma68,
  }));
}
