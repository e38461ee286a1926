import { powerOfTwo } from './power_of_two.js';

const LN2_HI = 0.6931471805601177;
const LN2_LO = -1.7239444525614835e-13;
const LEAST_NORMAL = 2.2250738585072014e-308;

const asDouble = new Float64Array(1);
const asWords = new Int32Array(asDouble.buffer);
asDouble[0] = 1;
/** Where the sign, exponent and upper fraction lie: word 1 on little-endian machines, else 0. */
const HIGH = asWords[1] === 0 ? 0 : 1;

/** The upper word of √½: the fraction m below lies in [√½, √2). */
const ROOT_HALF = 0x3fe6a09e;

/** k such that x = 2^k m, m in [√½, √2), for a normal x > 0. */
export function exponentOf(x: number): number {
  asDouble[0] = x;
  return (asWords[HIGH]! - ROOT_HALF) >> 20;
}

/**
 * ln(x 2^shift) + extra, for a normal x > 0 and |extra| small against 1.
 *
 * x = 2^k (1 + f); s = f/(2 + f), z = s²; ln(1 + f) = 2 atanh s = f − f²/2 + s (f²/2 + R), R = z P(z), P of degree 6
 * (minimax, see test/fixtures/math/coefficients.py).
 */
export function logSum(x: number, shift: number, extra: number): number {
  const exponent = exponentOf(x);
  const f = x * powerOfTwo(-exponent) - 1;
  const k = exponent + shift;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const R =
    z *
    (0.6666666666666734 +
      z * 0.3999999999941687 +
      w *
        (0.2857142874194388 +
          z * 0.222221986163631 +
          w * (0.18183562148657076 + z * 0.15314105382643226 + w * 0.14795404747079707)));
  const h = 0.5 * f * f;
  return k * LN2_HI - (h - (s * (h + R) + (k * LN2_LO + extra)) - f);
}

/**
 * ln x. Any double; largest error found 0.83 ulp.
 *
 * ln 1 = +0, ln ±0 = −∞, ln ∞ = ∞; a negative x or NaN gives NaN. Subnormals keep their accuracy.
 * Method: Tang, Table-lookup algorithms for elementary functions (1990), without the table.
 */
export function log(x: number): number {
  if (x >= LEAST_NORMAL && x < Infinity) return logSum(x, 0, 0);
  if (x > 0) return x === Infinity ? x : logSum(x * 18014398509481984, -54, 0);
  return x === 0 ? -Infinity : NaN;
}
