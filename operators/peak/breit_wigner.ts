import { atan } from '../expressions/math/atan2.js';

/** The Z boson, GeV. Particle Data Group, "Review of Particle Physics" (2022). */
export const Z_MASS = 91.1876;
export const Z_WIDTH = 2.4952;

/**
 * Relativistic Breit–Wigner of fixed width at mass m, per GeV, not normalised:
 *
 *   dN/dm ∝ 2m / ((m² − M²)² + M²Γ²),  that is dN/ds ∝ 1 / ((s − M²)² + M²Γ²) with s = m².
 *
 * m, M and Γ in GeV; 0 for m ≤ 0, NaN for NaN. The Z alone: photon exchange, interference and parton densities, which
 * tilt a Drell–Yan spectrum, are not in it.
 * Particle Data Group, "Review of Particle Physics" (2022), section 50, resonances.
 */
export function breitWigner(m: number, mass = Z_MASS, width = Z_WIDTH): number {
  if (m <= 0) return 0;
  const s = m * m - mass * mass;
  return (2 * m) / (s * s + mass * mass * width * width);
}

/** ∫ breitWigner dm from low to high, in closed form: the difference of atan((m² − M²) / (MΓ)) over MΓ. */
export function breitWignerIntegral(low: number, high: number, mass = Z_MASS, width = Z_WIDTH): number {
  const phase = (m: number): number => {
    const positive = m > 0 ? m : m <= 0 ? 0 : NaN;
    return atan((positive * positive - mass * mass) / (mass * width));
  };
  return (phase(high) - phase(low)) / (mass * width);
}
