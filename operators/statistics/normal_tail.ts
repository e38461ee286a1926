import { exp } from '../expressions/math/exp.js';
import { log } from '../expressions/math/log.js';
import { log1p } from './log1p.js';

const LN_2 = 0.6931471805599453;
/** ½ ln 2π and √(2π). */
const HALF_LN_2PI = 0.9189385332046728;
const ROOT_2PI = 2.5066282746310007;
/** Where the series hands over to the continued fraction; TERMS of it reach 1e-16 from there on. */
const SWITCH = 2;
const TERMS = 60;

/** φ(z) = e^(−z²/2) / √(2π). */
export const normalDensity = (z: number): number => exp(-0.5 * z * z) / ROOT_2PI;

/** P(0 < X < z) = φ(z) (z + z³/3 + z⁵/15 + ...), 0 ≤ z ≤ SWITCH. */
function centre(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return normalDensity(z) * sum;
}

/** Mills' ratio P(X > z) / φ(z) = 1/(z + 1/(z + 2/(z + 3/(z + ...)))), z ≥ SWITCH. */
function mills(z: number): number {
  let tail = z;
  for (let k = TERMS; k >= 1; k--) tail = z + k / tail;
  return 1 / tail;
}

/**
 * ln P(X > z) for a standard normal X; relative error below 1e-12 for every z (the value underflows to −0 below
 * z = −38.6). −∞ gives 0, ∞ gives −∞, NaN gives NaN.
 *
 * |z| ≤ 2: the series of G. Marsaglia, "Evaluating the normal distribution", J. Stat. Software 11 (2004) no. 4;
 * beyond: Laplace's continued fraction (Abramowitz & Stegun 26.2.14).
 */
export function logTail(z: number): number {
  if (z > SWITCH) return z === Infinity ? -z : -0.5 * z * z - HALF_LN_2PI + log(mills(z));
  if (z >= 0) return log(0.5 - centre(z));
  if (z >= -SWITCH) return log1p(centre(-z) - 0.5);
  return z === -Infinity ? 0 : log1p(-normalDensity(z) * mills(-z));
}

/** P(X > z), the upper tail; underflows to 0 above z = 38.6. */
export function tail(z: number): number {
  return z > SWITCH ? exp(logTail(z)) : z >= 0 ? 0.5 - centre(z) : z >= -SWITCH ? 0.5 + centre(-z) : 1 - tail(-z);
}

/** ln of the two-sided p-value P(|X| > |z|). */
export const logTwoSided = (z: number): number => Math.min(0, LN_2 + logTail(Math.abs(z)));

/** The two-sided p-value P(|X| > |z|); underflows to 0 above |z| = 38.6. */
export const twoSided = (z: number): number => Math.min(1, 2 * tail(Math.abs(z)));

/**
 * The size in sigma of a p-value: z ≥ 0 with ln P(|X| > z) = logP. 0 gives 0, −∞ gives ∞, NaN and above 0 give NaN.
 *
 * Newton's iteration on ln P, which is concave, so that from its second point on it falls towards the root.
 * Relative error below 1e-9.
 */
export function sigmaOf(logP: number): number {
  if (!(logP <= 0)) return NaN;
  if (logP === 0) return 0;
  if (logP === -Infinity) return Infinity;
  let z = Math.sqrt(-2 * logP);
  for (let i = 0; i < 100; i++) {
    // Small p-values of few sigma by the centre, which keeps their digits; d ln P / dz = −φ(z) / P(X > z).
    const value = z <= SWITCH ? log1p(-2 * centre(z)) : LN_2 + logTail(z);
    const ratio = z <= SWITCH ? (0.5 - centre(z)) / normalDensity(z) : mills(z);
    const step = (value - logP) * ratio;
    z = Math.max(0, z + step);
    if (Math.abs(step) <= 1e-15 * z) break;
  }
  return z;
}
