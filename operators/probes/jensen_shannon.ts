import { log } from '../expressions/math/log.js';

const LN2 = 0.6931471805599453;

/**
 * ½ [(1 + d) ln(1 + d) + (1 − d) ln(1 − d)] / ln 2 for |d| ≤ 1: 0 at 0, 1 at ±1. By its series Σ d^2k / (2k (2k − 1))
 * near 0, where the two terms cancel; relative error below 2e-14.
 */
function excess(d: number): number {
  const e = d * d;
  if (e < 1 / 64) {
    const tail = 1 / 30 + e * (1 / 56 + e * (1 / 90 + e * (1 / 132 + e * (1 / 182 + e * (1 / 240 + e * (1 / 306))))));
    return (e * (1 / 2 + e * (1 / 12 + e * tail))) / LN2;
  }
  const rest = 1 - Math.abs(d);
  const larger = 1 + Math.abs(d);
  return (0.5 * (larger * log(larger) + (rest > 0 ? rest * log(rest) : 0))) / LN2;
}

/** What a bin with shares p and q adds to the divergence: ½ [p log2(p/m) + q log2(q/m)], m = (p + q)/2. */
export function divergenceTerm(p: number, q: number): number {
  const sum = p + q;
  return sum > 0 ? 0.5 * sum * excess((q - p) / sum) : 0;
}

/**
 * Jensen–Shannon distance of two histograms with the same bins: the root of the divergence
 * ½ Σ [p log2(p/m) + q log2(q/m)], m = (p + q)/2, of their shares p, q; 0 the same, 1 disjoint.
 * NaN if either is empty.
 *
 * J. Lin, "Divergence measures based on the Shannon entropy", IEEE Trans. Inf. Theory 37 (1991) 145; the distance as
 * in D. M. Endres, J. E. Schindelin, IEEE Trans. Inf. Theory 49 (2003) 1858.
 */
export function jensenShannon(nominal: ArrayLike<number>, perturbed: ArrayLike<number>): number {
  let p = 0;
  let q = 0;
  for (let b = 0; b < nominal.length; b++) {
    p += nominal[b]!;
    q += perturbed[b]!;
  }
  let divergence = 0;
  for (let b = 0; b < nominal.length; b++) divergence += divergenceTerm(nominal[b]! / p, perturbed[b]! / q);
  return p > 0 && q > 0 ? Math.sqrt(divergence) : NaN;
}
