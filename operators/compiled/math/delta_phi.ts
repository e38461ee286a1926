import { number, patch, type Lane, type Program } from '../lanes.js';
import { lines, written } from '../written.js';
import { huge, reduceAngle } from './reduce_angle.js';

/** phi1 − phi2 in (−π, π], bit for bit as expressions/functions/delta_phi.ts; many turns by the plain function. */
export function deltaPhi(p: Program, phi1: Lane, phi2: Lane): Lane {
  const { d, error } = lines(p, ['d = phi1 - phi2', 'v = phi1 - d', 'error = v - phi2 + (phi1 - (v + d))'], {
    phi1,
    phi2,
  });
  const quarter = written(p, '0.25 * d', { d: d! });
  const { hi, lo } = reduceAngle(p, quarter, written(p, '0.25 * error', { error: error! }));
  const { result } = lines(
    p,
    [
      'hi = 4 * rest0',
      'lo = 4 * rest1',
      'angle = hi + lo',
      'below = hi - TWO_PI + (lo - TWO_PI_LO)',
      'turned = hi + TWO_PI + (lo + TWO_PI_LO)',
      'reduced = where(angle > PI, below, where(angle > -PI, angle, where(turned > PI, PI, turned)))',
      'result = where(d <= PI and d > -PI, d, reduced)',
    ],
    {
      ...{ d: d!, rest0: hi, rest1: lo, PI: number(p, 3.141592653589793) },
      ...{ TWO_PI: number(p, 6.283185307179586), TWO_PI_LO: number(p, 2.4492935982947064e-16) },
    },
  );
  return patch(p, 'delta_phi', result!, huge(p, quarter), [phi1, phi2]);
}
