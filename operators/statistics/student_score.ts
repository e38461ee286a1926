import { log1p } from './log1p.js';

/**
 * The standard normal z with the same tail probability as t has with `dof` degrees of freedom, approximately:
 *
 *   z = sign(t) (8 dof + 1)/(8 dof + 3) √(dof ln(1 + t²/dof))
 *
 * From dof = 8 on within 0.01 for |t| ≤ 4 and 1 % beyond; dof = ∞ gives t, dof not above 0 or NaN gives NaN.
 * D. L. Wallace, "Bounds on normal approximations to Student's and the chi-square distributions", Ann. Math. Stat. 30
 * (1959) 1121.
 */
export function studentScore(t: number, dof: number): number {
  if (dof === Infinity) return t;
  if (!(dof > 0)) return NaN;
  const size = ((8 * dof + 1) / (8 * dof + 3)) * Math.sqrt(dof * log1p((t * t) / dof));
  return t < 0 ? -size : size;
}
