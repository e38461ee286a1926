import { atan } from '../../operators/expressions/math/atan2.js';
import { Z_MASS, Z_WIDTH } from '../../operators/peak/breit_wigner.js';
import { tan } from '../../operators/expressions/math/sin_cos.js';

/** The mass window, GeV. */
export const MASS_RANGE = [60, 120] as const;

const MASS_WIDTH = Z_MASS * Z_WIDTH;
const phase = (mass: number): number => atan((mass * mass - Z_MASS * Z_MASS) / MASS_WIDTH);
const FIRST = phase(MASS_RANGE[0]);
const LAST = phase(MASS_RANGE[1]);

/**
 * The mass in GeV below which a share u of the relativistic Breit–Wigner within MASS_RANGE lies:
 *
 *   dN/ds ∝ 1 / ((s − M²)² + M²Γ²),  s = m² = M² + MΓ tan θ,  θ uniform.
 *
 * u in [0, 1]; the result is within MASS_RANGE. NaN gives NaN.
 */
export function breitWigner(u: number): number {
  const mass = Math.sqrt(Z_MASS * Z_MASS + MASS_WIDTH * tan(FIRST + u * (LAST - FIRST)));
  return Math.min(Math.max(mass, MASS_RANGE[0]), MASS_RANGE[1]);
}
