import { atan } from '../../operators/expressions/math/atan2.js';
import { tan } from '../../operators/expressions/math/sin_cos.js';

/** The Z boson and the mass window, GeV. Particle Data Group, "Review of Particle Physics" (2022). */
export const Z_MASS = 91.1876;
export const Z_WIDTH = 2.4952;
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
