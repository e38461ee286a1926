import { sinSum } from '../math/sin_cos.js';
import { sinhSum } from '../math/sinh_cosh.js';

/**
 * Invariant mass of two massless objects, in the unit of pt (pt ≥ 0; phi in radians, of any turn).
 *
 * m = √(4 pt1 pt2 (sinh²(Δη/2) + sin²(Δφ/2))): m² = 2 pt1 pt2 (cosh Δη − cos Δφ) (PDG, Kinematics) without its
 * cancellation for collinear objects. The rounding errors of Δη and Δφ are carried along, for pairs far apart and pairs
 * across ±π. Largest error found 2.9 ulp. NaN in any, an infinite eta or phi, and pt1 pt2 < 0 give NaN.
 */
export function mass(pt1: number, eta1: number, phi1: number, pt2: number, eta2: number, phi2: number): number {
  const dEta = eta1 - eta2;
  const u = eta1 - dEta;
  const dPhi = phi1 - phi2;
  const v = phi1 - dPhi;
  const a = sinhSum(0.5 * dEta, 0.5 * (u - eta2 + (eta1 - (u + dEta))));
  const b = sinSum(0.5 * dPhi, 0.5 * (v - phi2 + (phi1 - (v + dPhi))), 0);
  return 2 * Math.sqrt(pt1 * pt2 * (a * a + b * b));
}
