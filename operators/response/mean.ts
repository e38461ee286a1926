import { sumAt } from '../summaries/exact_sum.js';
import type { MomentsState } from '../summaries/moments.js';
import { variance } from '../summaries/variance.js';
import { effectiveN, sumOfWeights } from './effective_n.js';
import { estimate, unknown, type Estimate } from './estimate.js';

/**
 * Mean of x in a group, Σwx / Σw, with the error s / √n_eff; s² = (Σwx² / Σw − mean²) · n_eff / (n_eff − 1).
 * For the response this is the bias. Empty, or Σw = 0: unknown; one event: no error.
 */
export function mean(moments: MomentsState, group: number): Estimate {
  return ofSum(moments, group, 0);
}

/** Mean of |x|: it mixes bias and width (0.798 σ for an unbiased Gaussian), so it is never shown alone. */
export function meanAbsolute(moments: MomentsState, group: number): Estimate {
  return ofSum(moments, group, 2);
}

function ofSum(moments: MomentsState, group: number, which: 0 | 2): Estimate {
  const total = sumOfWeights(moments, group);
  if (moments.n[group] === 0) return unknown('no events');
  if (total === 0) return unknown('weights add up to 0');
  const value = sumAt(moments.sums, 3 * group + which) / total;
  const n = effectiveN(moments, group);
  const spread = variance(sumAt(moments.sums, 3 * group + 1) / total, value) * (n / (n - 1));
  return estimate(value, Math.sqrt(spread / n));
}
