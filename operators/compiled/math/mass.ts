import { patch, type Lane, type Program } from '../lanes.js';
import { lines, written } from '../written.js';
import { huge } from './reduce_angle.js';
import { sinSum } from './sin_cos.js';
import { sinhSum } from './sinh_cosh.js';

/** Invariant mass of two massless objects, bit for bit as expressions/functions/mass.ts. */
export function mass(p: Program, pt1: Lane, eta1: Lane, phi1: Lane, pt2: Lane, eta2: Lane, phi2: Lane): Lane {
  const all = lines(
    p,
    [
      'dEta = eta1 - eta2',
      'u = eta1 - dEta',
      'dPhi = phi1 - phi2',
      'v = phi1 - dPhi',
      'halfEta = 0.5 * dEta',
      'halfPhi = 0.5 * dPhi',
      'extraEta = 0.5 * (u - eta2 + (eta1 - (u + dEta)))',
      'extraPhi = 0.5 * (v - phi2 + (phi1 - (v + dPhi)))',
    ],
    { eta1, phi1, eta2, phi2 },
  );
  const a = sinhSum(p, all.halfEta!, all.extraEta!);
  const b = sinSum(p, all.halfPhi!, all.extraPhi!, 0);
  const m = written(p, '2 * sqrt(pt1 * pt2 * (a * a + b * b))', { a, b, pt1, pt2 });
  return patch(p, 'mass', m, huge(p, all.halfPhi!), [pt1, eta1, phi1, pt2, eta2, phi2]);
}
