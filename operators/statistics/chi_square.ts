import { exp } from '../expressions/math/exp.js';
import { log } from '../expressions/math/log.js';
import { log1p } from './log1p.js';
import { logPoissonDensity } from './poisson_density.js';

const TINY = 1e-300;

/** Σ y^n / ((a + 1) ... (a + n)), so that P(a, y) = y^a e^−y / Γ(a + 1) times it. */
function series(a: number, y: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= y / (a + n);
    sum += term;
  }
  return sum;
}

/** Legendre's continued fraction of Γ(a, y) / (y^a e^−y), by Lentz's method as modified by Thompson and Barnett. */
function fraction(a: number, y: number): number {
  let b = y + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let n = 1; ; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = numerator * d + b;
    if (Math.abs(d) < TINY) d = TINY;
    c = b + numerator / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1 / d;
    const factor = d * c;
    h *= factor;
    if (Math.abs(factor - 1) < 1e-16 || n > 1e6) return h;
  }
}

/**
 * ln P(χ² > x) with dof > 0 degrees of freedom (any real number), that is ln Q(dof/2, x/2); relative error below 1e-11
 * for x and dof up to 1e6, however far out. x ≤ 0 gives 0, ∞ gives −∞; NaN, or dof not above 0, NaN.
 *
 * Series of the lower tail for x < dof + 2, else the continued fraction of the upper one (Abramowitz & Stegun 6.5.29
 * and 6.5.31).
 */
export function logChiSquareTail(x: number, dof: number): number {
  if (!(dof > 0) || x !== x) return NaN;
  if (x <= 0) return 0;
  if (x === Infinity) return -Infinity;
  const a = dof / 2;
  const y = x / 2;
  const density = logPoissonDensity(a, y);
  return y < a + 1 ? log1p(-exp(density) * series(a, y)) : density + log(a * fraction(a, y));
}

/** P(χ² > x); underflows to 0. */
export const chiSquareTail = (x: number, dof: number): number => exp(logChiSquareTail(x, dof));
