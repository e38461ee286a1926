import { expSum } from './exp.js';

/**
 * sinh x. Any double; largest error found 1.6 ulp.
 *
 * sinh ±0 = ±0, sinh ±∞ = ±∞, overflow above 710.47; NaN gives NaN.
 * |x| < 1: x + x³ P(x²), P minimax of degree 6 (test/fixtures/math/coefficients.py), because e^x − e^−x cancels;
 * else h − 1/(4h) with h = e^|x|/2.
 */
export function sinh(x: number): number {
  return sinhSum(x, 0);
}

/** sinh(x + extra), `extra` at most an ulp of x. */
export function sinhSum(x: number, extra: number): number {
  if (x < 1 && x > -1) {
    const z = x * x;
    const w = z * z;
    const P =
      0.16666666666666669 +
      z * 0.008333333333332915 +
      w *
        (0.00019841269841589255 +
          z * 2.755731910847799e-6 +
          w * (2.5052130677328298e-8 + z * 1.6056686914290203e-10 + w * 7.775698981019356e-13));
    // Grouped so that −0 keeps its sign.
    return x - (x * z * -P - extra);
  }
  const h = expSum(x > 1000 ? 1000 : x < -1000 ? 1000 : Math.abs(x), x < 0 ? -extra : extra, -1);
  const y = h - 0.25 / h;
  return x < 0 ? -y : y;
}

/** cosh x = h + 1/(4h), h = e^|x|/2. Any double; never below 1; largest error found 1.1 ulp. cosh ±∞ = ∞; NaN gives NaN. */
export function cosh(x: number): number {
  const a = Math.abs(x);
  const h = expSum(a > 1000 ? 1000 : a, 0, -1);
  return h + 0.25 / h;
}
