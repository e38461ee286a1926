import { number, type Lane, type Program } from '../lanes.js';
import { lines, written } from '../written.js';

/** x + extra = n π/2 + hi + lo; `n`: a double whose lowest bits are those of the whole number. */
export interface Reduced {
  readonly n: Lane;
  readonly hi: Lane;
  readonly lo: Lane;
}

/** As reduceAngle of expressions/math/reduce_angle.ts up to its FAST_LIMIT; beyond it the result is wrong: see `huge`. */
export function reduceAngle(p: Program, x: Lane, extra: Lane): Reduced {
  const all = lines(
    p,
    [
      'bits = x * TWO_OVER_PI + TO_INTEGER',
      'n = bits - TO_INTEGER',
      't1 = x - n * P1',
      'u2 = n * P2',
      't2 = t1 - u2',
      'v2 = t2 - t1',
      'e2 = t1 - (t2 - v2) - (u2 + v2)',
      'u3 = n * P3 - extra',
      'hi = t2 - u3',
      'v3 = hi - t2',
      'e3 = t2 - (hi - v3) - (u3 + v3)',
      'lo = e2 + e3 - n * P4',
    ],
    {
      ...{ x, extra, TWO_OVER_PI: number(p, 0.6366197723675814), TO_INTEGER: number(p, 6755399441055744) },
      ...{ P1: number(p, 1.5707963267341256), P2: number(p, 6.077100506303966e-11) },
      ...{ P3: number(p, 2.0222662487111665e-21), P4: number(p, 8.4784276603689e-32) },
    },
  );
  return { n: all.bits!, hi: all.hi!, lo: all.lo! };
}

/** Where the plain function has to be asked: beyond FAST_LIMIT. NaN stays what it is without that. */
export const huge = (p: Program, x: Lane): Lane => written(p, 'abs(x) > 1048576', { x });
