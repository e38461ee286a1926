import { log } from '../expressions/math/log.js';

/**
 * ln(1 + x), to a few ulp for small x too; −1 gives −∞, below −1 and NaN give NaN.
 * The error of rounding 1 + x cancels in ln(u) x / (u − 1), u = fl(1 + x) (W. Kahan; HP-15C Advanced Functions
 * Handbook, 1982).
 */
export function log1p(x: number): number {
  const u = 1 + x;
  if (u === 1) return x;
  return u === Infinity || u <= 0 ? log(u) : (log(u) * x) / (u - 1);
}
