import { log, logSum } from './log.js';

/**
 * asinh x = ln(x + √(1 + x²)), the pseudorapidity of pz/pT. Any double; largest error found 1.2 ulp.
 *
 * asinh ±0 = ±0, asinh ±∞ = ±∞; NaN gives NaN. ln(1 + t) with t = a + a²/(1 + √(1 + a²)), a = |x|, and the rounding
 * errors of t and 1 + t carried along, so that small x keep their digits; beyond 2^28: ln a + ln 2.
 */
export function asinh(x: number): number {
  const a = Math.abs(x);
  if (!(a < 268435456)) {
    const y = log(a) + 0.6931471805599453;
    return x < 0 ? -y : y;
  }
  const square = a * a;
  const b = square / (1 + Math.sqrt(1 + square));
  const t = a + b;
  const u = 1 + t;
  const error = (t < 1 ? 1 - u + t : t - u + 1) + (a - t + b);
  const y = logSum(u, 0, error / u);
  // log of 1 + t is +0 only at x = ±0.
  return x < 0 ? -y : x === 0 ? x : y;
}
