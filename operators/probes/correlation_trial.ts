import { perWidthOf, type CorrelationSums } from './correlation_sums.js';

/** Space for z, Σ z and 1/√(n variance) as they would be, and which features change. */
export interface TrialSpace {
  readonly z: Float64Array;
  readonly sum: Float64Array;
  readonly perWidth: Float64Array;
  readonly changed: Uint8Array;
}

export const trialSpace = (d: number): TrialSpace => ({
  z: new Float64Array(d),
  sum: new Float64Array(d),
  perWidth: new Float64Array(d),
  changed: new Uint8Array(d),
});

/**
 * The relative change of the correlation matrix if z of features[c] of an event became z[c], c < count (none twice);
 * nothing is moved. From the exact sums in plain floating point: what `moveCorrelation` then gives differs by rounding
 * of 1e-15 at most.
 */
export function tryCorrelation(
  state: CorrelationSums,
  event: number,
  features: ArrayLike<number>,
  z: ArrayLike<number>,
  count: number,
  space: TrialSpace,
): number {
  const { n, d, product, nominal, sum, perWidth, change, changeRest } = state;
  const { changed } = space;
  const now = state.z;
  const first = event * d;
  const perEvent = 1 / n;
  // What the pairs without a changed feature add, exactly.
  let kept = state.total[0]!;
  let keptRest = state.total[1]!;
  for (let c = 0; c < count; c++) {
    const j = features[c]!;
    const before = now[first + j]!;
    const after = z[c]!;
    const total = sum[j]! + (after - before);
    space.z[j] = after;
    space.sum[j] = total;
    space.perWidth[j] = perWidthOf(n, total, product[j * d + j]! + (after * after - before * before));
    changed[j] = 1;
    kept -= state.row[j]!;
    keptRest -= state.rowRest[j]!;
    // Pairs of two changed features were taken away twice.
    for (let b = 0; b < c; b++) {
      kept += change[j * d + features[b]!]!;
      keptRest += changeRest[j * d + features[b]!]!;
    }
  }
  let square = 0;
  for (let c = 0; c < count; c++) {
    const j = features[c]!;
    const row = j * d;
    const move = space.z[j]! - now[first + j]!;
    const mean = space.sum[j]! * perEvent;
    const width = space.perWidth[j]!;
    for (let k = 0; k < d; k++) {
      if (changed[k] === 1) {
        if (k >= j) continue;
        const covariance =
          product[row + k]! + (space.z[j]! * space.z[k]! - now[first + j]! * now[first + k]!) - mean * space.sum[k]!;
        const difference = covariance * width * space.perWidth[k]! - nominal[row + k]!;
        square += difference * difference;
      } else {
        const covariance = product[row + k]! + move * now[first + k]! - mean * sum[k]!;
        const difference = covariance * width * perWidth[k]! - nominal[row + k]!;
        square += difference * difference;
      }
    }
  }
  for (let c = 0; c < count; c++) changed[features[c]!] = 0;
  return Math.sqrt((2 * (kept + keptRest + square)) / state.norm);
}
