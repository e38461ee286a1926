import { estimate, unknown, type Estimate } from '../response/estimate.js';

/**
 * Ratio of two shares, r = (b/B) / (a/A), with the error r √(1/b − 1/B + 1/a − 1/A): of counts b of B and a of A that
 * are independent of each other. b = 0: 0 without an error. Without events to compare with (a, A or B = 0): unknown.
 *
 * D. Katz, J. Baptista, S. P. Azen & M. C. Pike, "Obtaining confidence intervals for the risk ratio in cohort studies",
 * Biometrics 34 (1978) 469: the error of ln r, times r.
 */
export function shareRatio(a: number, A: number, b: number, B: number): Estimate {
  if (!(a > 0) || !(A > 0)) return unknown('no events to compare with');
  if (!(B > 0)) return unknown('no events');
  const ratio = b / B / (a / A);
  if (b === 0) return estimate(0, NaN);
  return estimate(ratio, ratio * Math.sqrt(Math.max(0, 1 / b - 1 / B + 1 / a - 1 / A)));
}
