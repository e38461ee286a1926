import type { BinSums } from './bin_sums.js';
import { squaresOf, total } from './bin_sums.js';
import { logChiSquareTail } from './chi_square.js';

/** χ² with its degrees of freedom and ln p; or why there is none. */
export interface ChiSquare {
  readonly chi2: number;
  readonly dof: number;
  readonly logP: number;
}

/**
 * χ² of the hypothesis that two binned samples have the same shape, whatever their sizes and weights.
 *
 * With shares p_ji = w_ji / W_j of sample j = 1, 2, the weight of an entry r_ji = Σw²_ji / w_ji (that of the whole
 * sample where it has none in the bin) and effective counts m_ji = W_j / r_ji, the common share is
 * p̂_i = (m_1i p_1i + m_2i p_2i) / (m_1i + m_2i), its variance under the hypothesis v_i = p̂_i (1/m_1i + 1/m_2i), and
 *
 *   χ² = Σ d_i²/v_i − (Σ d_i p̂_i/v_i)² / Σ p̂_i²/v_i,  d_i = p_1i − p_2i,  dof = bins with entries − 1.
 *
 * For counts the second term is 0 and this is Pearson's test of homogeneity (H. Cramér, Mathematical Methods of
 * Statistics, 1946, § 30.6). The scaled variances are those of G. Bohm & G. Zech, Nucl. Instrum. Meth. A 748 (2014) 1;
 * the second term makes the sum χ² with bins − 1 degrees of freedom when weights differ from bin to bin, where the
 * plain one (N. Gagunashvili, Nucl. Instrum. Meth. A 596 (2008) 439) is not: it takes the norm as free.
 * Good for about ten effective events a bin and sample. null: fewer than two bins with entries, an empty sample, or
 * negative weights that leave a bin without a positive share.
 */
export function homogeneity(a: BinSums, b: BinSums): ChiSquare | null {
  const [a2, b2] = [squaresOf(a), squaresOf(b)];
  const [A, B] = [total(a.w), total(b.w)];
  const [rA, rB] = [total(a2) / A, total(b2) / B];
  if (!(A > 0) || !(B > 0)) return null;
  let bins = 0;
  let [dd, dp, pp] = [0, 0, 0];
  for (let i = 0; i < a.w.length; i++) {
    if (a2[i] === 0 && b2[i] === 0) continue;
    const mA = A / (a2[i]! > 0 ? a2[i]! / a.w[i]! : rA);
    const mB = B / (b2[i]! > 0 ? b2[i]! / b.w[i]! : rB);
    const [pA, pB] = [a.w[i]! / A, b.w[i]! / B];
    const p = (mA * pA + mB * pB) / (mA + mB);
    if (!(mA > 0 && mB > 0 && p > 0)) return null;
    const v = p * (1 / mA + 1 / mB);
    const d = pA - pB;
    dd += (d * d) / v;
    dp += (d * p) / v;
    pp += (p * p) / v;
    bins++;
  }
  if (bins < 2) return null;
  const chi2 = Math.max(0, dd - (dp * dp) / pp);
  return { chi2, dof: bins - 1, logP: logChiSquareTail(chi2, bins - 1) };
}
