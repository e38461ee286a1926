import { expSum } from './exp.js';
import { exponentOf } from './log.js';
import { powerOfTwo } from './power_of_two.js';

const LN2_HI = 0.6931471805601177;
const LN2_LO = -1.7239444525614835e-13;
const THIRD = 0.3333333333333333;
const THIRD_LO = 1.850371707708594e-17;
const LEAST_NORMAL = 2.2250738585072014e-308;

/** The upper 26 bits of a (Veltkamp): products of such halves are exact. */
function upper(a: number): number {
  const c = 134217729 * a;
  return c - (c - a);
}

/** a b − p, exactly, for p = fl(a b) (Dekker 1971). */
function productError(a: number, b: number, p: number): number {
  const ah = upper(a);
  const bh = upper(b);
  const al = a - ah;
  const bl = b - bh;
  return al * bl - (p - ah * bh - al * bh - ah * bl);
}

/**
 * |x|^y for finite x ≠ 0, 1: e^(y L), L = ln |x| to 2^−64 in two doubles.
 * |x| = 2^k m; s = (m − 1)/(m + 1), z = s²; ln m = 2s (1 + z/3 + z² W(z)), W of degree 7 (minimax).
 */
function powPositive(x: number, y: number): number {
  const shift = x < LEAST_NORMAL ? 54 : 0;
  const normal = x * powerOfTwo(shift);
  const exponent = exponentOf(normal);
  const m = normal * powerOfTwo(-exponent);
  const k = exponent - shift;

  const f = m - 1;
  const d = 2 + f;
  const dLo = 2 - d + f;
  const s = f / d;
  const sd = s * d;
  const sLo = (f - sd - productError(s, d, sd) - s * dLo) / d;

  const z = s * s;
  const zLo = productError(s, s, z) + 2 * s * sLo;
  const w = z * z;
  const W =
    0.1999999999999999 +
    z * 0.14285714285721918 +
    w *
      (0.11111111108895995 +
        z * 0.09090909421818531 +
        w * (0.07692279228464385 + z * 0.06668131641408699 + w * (0.058379037123783534 + z * 0.05990758534425062)));
  // q + qLo = z/3 + z² W
  const q0 = z * THIRD;
  const q0Lo = productError(z, THIRD, q0) + z * THIRD_LO + zLo * THIRD + w * W;
  const q = q0 + q0Lo;
  const qLo = q0 - q + q0Lo;
  // l + lLo = 2s (1 + q)
  const t = 2 * s;
  const tq = t * q;
  const tqLo = productError(t, q, tq) + t * qLo + 2 * sLo * (1 + q);
  const l = t + tq;
  const lLo = t - l + tq + tqLo;
  // L = k ln 2 + l; the first is exact and, but for k = 0, the larger.
  const kHi = k * LN2_HI;
  const L = kHi + l;
  const LLo = kHi - L + l + (k * LN2_LO + lLo);

  const p = y * L;
  if (!(Math.abs(p) < 800)) return p > 0 ? Infinity : p < 0 ? 0 : NaN;
  if (Math.abs(p) < 2 ** -60) return 1 + p;
  return expSum(p, productError(y, L, p) + y * LLo, 0);
}

/**
 * x^y, special values as IEEE 754-2019 §9.2.1; against JavaScript, 1^NaN = 1^±∞ = (−1)^±∞ = 1.
 *
 * Largest error found 0.7 ulp for general y, 1.9 ulp for y = 4. y = 1, 2, 3, 4, −1 and ½ are multiplications, a
 * division and a square root, so that x^2 has the bits of x * x. x^±0 = 1 for any x, NaN included; else NaN in either
 * gives NaN, as does a negative x with a y that is not an integer. Overflow gives ±∞, underflow is gradual.
 */
export function pow(x: number, y: number): number {
  if (y === 2) return x * x;
  if (y === 1) return x;
  if (y === 3) return x * x * x;
  if (y === 4) return x * x * (x * x);
  if (y === -1) return 1 / x;
  if (y === 0.5) return x === -Infinity ? Infinity : Math.sqrt(x) + 0;
  if (y === 0 || x === 1) return 1;
  if (x !== x || y !== y) return NaN;
  const a = Math.abs(x);
  const odd = Math.abs(y) < 2 ** 53 && Math.floor(y) === y && Math.floor(y * 0.5) !== y * 0.5;
  const negative = x < 0 || (x === 0 && 1 / x < 0);
  if (a === 1 && Math.abs(y) === Infinity) return 1;
  if (a === 0 || a === Infinity) {
    const size = (a === 0) === y < 0 ? Infinity : 0;
    return negative && odd ? -size : size;
  }
  if (negative && Math.floor(y) !== y) return NaN;
  if (a === 1) return odd ? x : 1;
  const result = powPositive(a, y);
  return negative && odd ? -result : result;
}
