import { log } from '../expressions/math/log.js';
import { estimate, unknown, type Estimate } from '../response/estimate.js';
import { sigmaOf } from '../statistics/normal_tail.js';
import { devianceHalf, stirlingError } from '../statistics/poisson_density.js';

const LN_2 = 0.6931471805599453;
const TWO_PI = 6.283185307179586;

/**
 * Difference of two shares of the same n events, d = (b − c) / n: b events are in the first only, c in the second only.
 *
 * Error: √(b + c − (b − c)²/n) / n, of the multinomial counts (Q. McNemar, Psychometrika 12 (1947) 153; J. L. Fleiss,
 * Statistical Methods for Rates and Proportions, § 8.2). It is 0 where no event differs, or all do in one direction,
 * though n events cannot show that: there it is the way to the far end of the score interval of one standard deviation
 * (T. Tango, Stat. Med. 17 (1998) 891), which is 1 / (n + 1) for b + c = 0 and 2 / (n + 1) for |b − c| = n.
 * n = 0: unknown.
 */
export function pairedDifference(b: number, c: number, n: number): Estimate {
  if (n === 0) return unknown('no events');
  const apart = Math.abs(b - c);
  if (b + c === 0) return estimate(0, 1 / (n + 1));
  if (apart === n) return estimate((b - c) / n, 2 / (n + 1));
  return estimate((b - c) / n, Math.sqrt(b + c - (apart * apart) / n) / n);
}

/**
 * Significance of b ≠ c in standard deviations, with the sign of b − c: the z whose two-sided normal p-value is that of
 * McNemar's exact test, min(1, 2 P(X ≥ max(b, c))), X binomial of b + c tries with ½. b + c = 0: 0. Relative error of
 * the p-value below 1e-10.
 */
export function significance(b: number, c: number): number {
  const tries = b + c;
  const least = Math.max(b, c);
  // From the middle of the distribution the p-value is 1.
  if (2 * least <= tries + 1) return 0;
  let sum = 1;
  let term = 1;
  for (let k = least; k < tries && term > 1e-17 * sum; k++) {
    term *= (tries - k) / (k + 1);
    sum += term;
  }
  const z = sigmaOf(Math.min(0, LN_2 + logBinomialHalf(least, tries) + log(sum)));
  return b > c ? z : -z;
}

/** ln of the binomial probability of k of n with ½, 0 < k ≤ n (C. Loader, 2000; see statistics/poisson_density.ts). */
function logBinomialHalf(k: number, n: number): number {
  if (k === n) return -n * LN_2;
  const rest = n - k;
  const stirling = stirlingError(n) - stirlingError(k) - stirlingError(rest);
  return stirling - devianceHalf(k, n / 2) - devianceHalf(rest, n / 2) + 0.5 * log(n / (TWO_PI * k * rest));
}
