import { reduceAngle, rest } from './reduce_angle.js';

/** hi − sin(hi + lo), for |hi| ≤ π/4: −lo (1 − hi²/2) − hi³ S(hi²), S minimax of degree 5; +0 for hi = ±0. */
function sinTail(hi: number, lo: number): number {
  const z = hi * hi;
  const w = z * z;
  const S =
    -0.16666666666666632 +
    z * 0.008333333333322496 +
    w *
      (-0.00019841269829866658 + z * 2.7557313710875435e-6 + w * (-2.505076094343342e-8 + z * 1.5896954403217432e-10));
  return 0.5 * z * lo - lo - z * hi * S;
}

/** What cos(hi + lo) adds to fl(1 − hi²/2), for |hi| ≤ π/4: the rounding of that − hi lo + hi⁴ C(hi²), C of degree 5. */
function cosTail(hi: number, lo: number): number {
  const z = hi * hi;
  const w = z * z;
  const C =
    0.041666666666666595 +
    z * -0.0013888888888873348 +
    w * (2.4801587289008977e-5 + z * -2.755731421964967e-7 + w * (2.087570581786738e-9 + z * -1.1358773958500617e-11));
  const h = 0.5 * z;
  const head = 1 - h;
  return 1 - head - h + (w * C - hi * lo);
}

/** sin(x + extra + quarters π/2); `extra` as in reduceAngle, 0 beyond its FAST_LIMIT. */
export function sinSum(x: number, extra: number, quarters: number): number {
  const n = reduceAngle(x, extra) + quarters;
  const hi = rest[0]!;
  const lo = rest[1]!;
  const y = (n & 1) === 0 ? hi - sinTail(hi, lo) : 1 - 0.5 * (hi * hi) + cosTail(hi, lo);
  return (n & 2) === 0 ? y : -y;
}

/**
 * sin x, x in radians. Any finite double; largest error found 0.79 ulp.
 *
 * sin ±0 = ±0; ±∞ and NaN give NaN. |x| ≤ 2^20 is reduced by parts of π/2, larger x by integers (slower by far, as
 * accurate; see reduce_angle.ts). Polynomials: minimax, see test/fixtures/math/coefficients.py.
 */
export function sin(x: number): number {
  return sinSum(x, 0, 0);
}

/** cos x, x in radians; as `sin`. Largest error found 0.76 ulp. cos ±0 = 1. */
export function cos(x: number): number {
  return sinSum(x, 0, 1);
}

/**
 * tan x, x in radians; range and special values as `sin`. Largest error found 1.4 ulp.
 *
 * sin/cos of the rest (or −cos/sin), where the rounding errors of both are carried into the quotient.
 */
export function tan(x: number): number {
  if (x === 0) return x;
  const n = reduceAngle(x, 0);
  const hi = rest[0]!;
  const lo = rest[1]!;
  const sinLeft = sinTail(hi, lo);
  const cosLeft = cosTail(hi, lo);
  const head = 1 - 0.5 * (hi * hi);
  const s = hi - sinLeft;
  const c = head + cosLeft;
  const sinError = hi - s - sinLeft;
  const cosError = head - c + cosLeft;
  if ((n & 1) === 0) {
    const q = s / c;
    return q + (sinError - q * cosError) / c;
  }
  const q = c / s;
  return -(q + (cosError - q * sinError) / s);
}
