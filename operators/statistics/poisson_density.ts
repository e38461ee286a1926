import { log } from '../expressions/math/log.js';

const LN_2PI = 1.8378770664093453;

/**
 * Stirling's error ln Γ(a + 1) − (a + ½) ln a + a − ½ ln 2π, a > 0, to about 1e-15: the series to a^−13 from a = 16 on
 * (Abramowitz & Stegun 6.1.41), below it the recurrence of Γ.
 */
export function stirlingError(a: number): number {
  if (a >= 16) {
    const r = 1 / (a * a);
    return (
      (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - r * (691 / 360360 - r / 156)))))) / a
    );
  }
  let product = 1;
  let b = a;
  for (; b < 16; b++) product *= b + 1;
  return (b + 0.5) * log(b) - b + stirlingError(b) - log(product) - (a + 0.5) * log(a) + a;
}

/** a ln(a/y) + y − a without cancellation near y = a. */
export function devianceHalf(a: number, y: number): number {
  const d = a - y;
  if (Math.abs(d) >= 0.1 * (a + y)) return a * log(a / y) - d;
  const v = d / (a + y);
  const v2 = v * v;
  let sum = d * v;
  let power = 2 * a * v;
  for (let k = 3; ; k += 2) {
    power *= v2;
    const next = sum + power / k;
    if (next === sum) return sum;
    sum = next;
  }
}

/**
 * ln(y^a e^−y / Γ(a + 1)), a > 0, y > 0: the Poisson probability for any real a, in the saddle-point form that loses
 * no digits for large a. C. Loader, "Fast and accurate computation of binomial probabilities" (2000).
 */
export const logPoissonDensity = (a: number, y: number): number =>
  -0.5 * (LN_2PI + log(a)) - stirlingError(a) - devianceHalf(a, y);
