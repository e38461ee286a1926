import { scale } from './power_of_two.js';

const LOG2_E = 1.4426950408889634;
/** Adding and subtracting 1.5 · 2^52 rounds to the nearest integer, ties to even, without a branch. */
const TO_INTEGER = 6755399441055744;
/** ln 2 = LN2_HI + LN2_LO; LN2_HI has 40 bits, so that k · LN2_HI is exact for |k| < 2^13. */
const LN2_HI = 0.6931471805601177;
const LN2_LO = -1.7239444525614835e-13;

/**
 * e^(hi + lo) · 2^n, for |hi| ≤ 1000, |lo| small against 1, n an integer, |n| ≤ 2.
 *
 * hi + lo = k ln 2 + r with |r| ≤ ln 2 / 2; e^r = 1 + r + r²/2 + r³ P(r), P of degree 9 (minimax, see
 * test/fixtures/math/coefficients.py); 1 + r is summed with its rounding error (Dekker 1971).
 */
export function expSum(hi: number, lo: number, n: number): number {
  const k = hi * LOG2_E + TO_INTEGER - TO_INTEGER;
  const a = hi - k * LN2_HI;
  const b = lo - k * LN2_LO;
  const r = a + b;
  const z = r * r;
  const w = z * z;
  const p =
    0.16666666666666669 +
    r * 0.041666666666666664 +
    z * (0.008333333333330062 + r * 0.0013888888888886552) +
    w *
      (0.00019841269863058052 +
        r * 2.4801587317147666e-5 +
        z * (2.7557268453107527e-6 + r * 2.755728296462998e-7) +
        w * (2.5100388772450645e-8 + r * 2.0911238970389346e-9));
  const s = 1 + a;
  return scale(s + (1 - s + a + (b + z * (0.5 + r * p))), k + n);
}

/**
 * e^x. Any double; largest error found 0.63 ulp, 0.76 ulp for subnormal results.
 *
 * e^±0 = 1, e^−∞ = 0, e^∞ = ∞; overflows to ∞ above 709.78, underflows gradually below −708.4 and to 0 below −745.13.
 * NaN gives NaN. Method: Cody and Waite, Software Manual for the Elementary Functions (1980), ch. 6.
 */
export function exp(x: number): number {
  return expSum(x > 1000 ? 1000 : x < -1000 ? -1000 : x, 0, 0);
}
