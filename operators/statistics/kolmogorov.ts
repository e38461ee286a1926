import { exp } from '../expressions/math/exp.js';
import { log1p } from './log1p.js';

const LN_2 = 0.6931471805599453;
const ROOT_2PI = 2.5066282746310007;
const PI2_OVER_8 = 1.2337005501361697;

/**
 * ln Q(λ), Q(λ) = P(√n D > λ) = 2 Σ_j (−1)^(j−1) e^(−2 j² λ²) for n → ∞: the law of the largest distance D of two
 * distribution functions. λ ≤ 0 gives 0, NaN gives NaN.
 *
 * Below λ = 1.1 the theta-transformed series 1 − Q = √(2π)/λ Σ_j e^(−(2j−1)² π² / (8 λ²)), which converges there.
 * A. Kolmogorov (1933); N. Smirnov, "Table for estimating the goodness of fit", Ann. Math. Stat. 19 (1948) 279.
 */
export function logKolmogorovTail(lambda: number): number {
  if (lambda !== lambda) return NaN;
  if (lambda <= 0) return 0;
  if (lambda < 1.1) {
    let sum = 0;
    for (let j = 1; j <= 9; j += 2) sum += exp((-j * j * PI2_OVER_8) / (lambda * lambda));
    return log1p((-ROOT_2PI / lambda) * sum);
  }
  const square = lambda * lambda;
  let rest = 0;
  for (let j = 2; j <= 6; j++) rest += (j % 2 === 0 ? -1 : 1) * exp(-2 * (j * j - 1) * square);
  return LN_2 - 2 * square + log1p(rest);
}

/** Q(λ); underflows to 0 above λ = 19.3. */
export const kolmogorovTail = (lambda: number): number => exp(logKolmogorovTail(lambda));

/**
 * ln p of the largest distance D of two distribution functions estimated from n1 and n2 events (effective numbers for
 * weighted ones), λ = (√n + 0.12 + 0.11/√n) D with n = n1 n2 / (n1 + n2): good for n ≥ 4. n2 = ∞: the second function
 * is known. Without events NaN.
 *
 * M. A. Stephens, "Use of the Kolmogorov–Smirnov, Cramér–von Mises and related statistics without extensive tables",
 * J. R. Stat. Soc. B 32 (1970) 115.
 */
export function logKolmogorovP(distance: number, n1: number, n2 = Infinity): number {
  const root = Math.sqrt(1 / (1 / n1 + 1 / n2));
  return root > 0 ? logKolmogorovTail((root + 0.12 + 0.11 / root) * distance) : NaN;
}
