import { atan2 } from '../../operators/expressions/math/atan2.js';
import { log } from '../../operators/expressions/math/log.js';
import { sin } from '../../operators/expressions/math/sin_cos.js';

/** The energy of the collision, GeV. */
export const ENERGY = 14000;

/**
 * The largest |y| of a boson of this mass and pT that recoils against a massless parton of the same rapidity, so that
 * neither beam gives more than it has: ln(√s / (mT + pT)) ≤ ln(√s / mT).
 */
export function largestRapidity(mass: number, pt: number): number {
  return log(ENERGY / (Math.sqrt(mass * mass + pt * pt) + pt));
}

/**
 * The rapidity at share u of dN/dy ∝ 1 − (y/Y)², |y| ≤ Y = `largest`: y = 2 Y sin(arcsin(2u − 1)/3), the middle
 * root of t³ − 3t + 2(2u − 1) = 0 with t = y/Y.
 */
export function rapidity(u: number, largest: number): number {
  const arcsin = atan2(2 * u - 1, 2 * Math.sqrt(u * (1 - u)));
  return 2 * largest * sin(arcsin / 3);
}
