import { log } from '../expressions/math/log.js';
import { binShares } from './bin_shares.js';
import { external } from './parameters.js';
import type { Spectrum } from './spectrum.js';

/** The likelihood of a spectrum at a point: its gradient and information by the free parameters, row-major. */
export interface Likelihood {
  /** All parameters, see parameters.ts. */
  readonly p: Float64Array;
  /** Indices of the free ones, and the derivative of each by what is fitted in its place. */
  readonly free: readonly number[];
  readonly slopes: readonly number[];
  readonly log: number;
  readonly gradient: Float64Array;
  readonly information: Float64Array;
  /** Variance of the gradient. */
  readonly variance: Float64Array;
}

/**
 * Σ wᵢ ln shareᵢ / s with s = Σw² / Σw, so that it counts as events do (s = 1 for counts, and the likelihood is that of
 * Poisson counts with their total fitted). `a` holds what is fitted in the place of the free parameters; `base` the
 * others. information: the expected Σw/s · Σ ∂shareᵢ ∂shareᵢᵀ / shareᵢ; variance: Σ w²ᵢ/s² · ∂ln shareᵢ ∂ln shareᵢᵀ.
 */
export function likelihood(
  spectrum: Spectrum,
  base: Float64Array,
  a: Float64Array,
  free: readonly number[],
): Likelihood {
  const p = Float64Array.from(base);
  const slopes = free.map((index) => {
    const { value, slope } = external(index, a[index]!);
    p[index] = value;
    return slope;
  });
  const { bins, w, w2, sum, squares } = spectrum;
  const shares = binShares(spectrum, p);
  const scale = squares / sum;
  const size = free.length;
  const by = new Float64Array(size);
  const gradient = new Float64Array(size);
  const [information, variance] = [new Float64Array(size * size), new Float64Array(size * size)];
  let total = 0;
  for (let i = 0; i < bins; i++) {
    const share = shares[i]!;
    total += (w[i]! / scale) * log(share);
    for (let k = 0; k < size; k++) {
      by[k] = (shares[(1 + free[k]!) * bins + i]! * slopes[k]!) / share;
      gradient[k]! += (w[i]! / scale) * by[k]!;
    }
    for (let k = 0; k < size; k++) {
      for (let l = 0; l < size; l++) {
        information[k * size + l]! += (sum / scale) * share * (by[k]! * by[l]!);
        variance[k * size + l]! += (w2[i]! / (scale * scale)) * (by[k]! * by[l]!);
      }
    }
  }
  return { p, free, slopes, log: total, gradient, information, variance };
}
