import { asinh } from '../../operators/expressions/math/asinh.js';
import { sinh } from '../../operators/expressions/math/sinh_cosh.js';

/**
 * cos θ at share u of dN/dcos θ ∝ 1 + cos²θ, the decay of a vector boson to massless leptons: the real root of
 * c³ + 3c = 8u − 4, c = 2 sinh(arsinh(4u − 2)/3) (Cardano). Within [−1, 1].
 */
export function decayAngle(u: number): number {
  return Math.min(Math.max(2 * sinh(asinh(4 * u - 2) / 3), -1), 1);
}
