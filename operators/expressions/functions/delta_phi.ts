import { reduceAngle, rest } from '../math/reduce_angle.js';

const PI = 3.141592653589793;
const TWO_PI = 6.283185307179586;
const TWO_PI_LO = 2.4492935982947064e-16;

/**
 * Δφ = phi1 − phi2 taken to (−π, π], in radians; π is the double nearest to it, and −π is returned as π.
 *
 * Largest error found 0.5 ulp for |φ1 − φ2| ≤ 4 · 2^20: the rounding error of the difference is kept (Knuth) and 2π is subtracted
 * in four parts (see reduce_angle.ts). Beyond, the difference is rounded first, then reduced exactly.
 * NaN or ±∞ in either gives NaN.
 */
export function deltaPhi(phi1: number, phi2: number): number {
  const d = phi1 - phi2;
  if (d <= PI && d > -PI) return d;
  const v = phi1 - d;
  const error = v - phi2 + (phi1 - (v + d));
  // d = 2π n + 4 rest when d/4 = n π/2 + rest.
  reduceAngle(0.25 * d, 0.25 * error);
  const hi = 4 * rest[0]!;
  const lo = 4 * rest[1]!;
  const angle = hi + lo;
  // The reduction rounds to the nearest turn but for a few ulps of d.
  if (angle > PI) return hi - TWO_PI + (lo - TWO_PI_LO);
  if (angle > -PI) return angle;
  const turned = hi + TWO_PI + (lo + TWO_PI_LO);
  return turned > PI ? PI : turned;
}
