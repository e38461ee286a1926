import { number, operation, patch, shift, word, type Lane, type Program } from '../lanes.js';
import { lines } from '../written.js';
import { huge, reduceAngle } from './reduce_angle.js';

/** As sinSum of expressions/math/sin_cos.ts up to the FAST_LIMIT of reduceAngle: both of its branches. */
export function sinSum(p: Program, x: Lane, extra: Lane, quarters: 0 | 1): Lane {
  const { n, hi, lo } = reduceAngle(p, x, extra);
  const { sine, cosine } = lines(
    p,
    [
      'z = hi * hi',
      'w = z * z',
      'S = -0.16666666666666632 + z * 0.008333333333322496 + ' +
        'w * (-0.00019841269829866658 + z * 2.7557313710875435e-6 + w * (-2.505076094343342e-8 + z * 1.5896954403217432e-10))',
      'sine = hi - (0.5 * z * lo - lo - z * hi * S)',
      'C = 0.041666666666666595 + z * -0.0013888888888873348 + ' +
        'w * (2.4801587289008977e-5 + z * -2.755731421964967e-7 + w * (2.087570581786738e-9 + z * -1.1358773958500617e-11))',
      'h = 0.5 * z',
      'head = 1 - h',
      'cosTail = 1 - head - h + (w * C - hi * lo)',
      'cosine = head + cosTail',
    ],
    { hi, lo },
  );
  const quarter = quarters === 0 ? n : operation(p, 'addWords', n, word(p, BigInt(quarters)));
  const even = operation(p, 'equalWords', operation(p, 'and', quarter, word(p, 1n)), word(p, 0n));
  const y = operation(p, 'select', sine!, cosine!, even);
  // Bit 1 of n is the sign.
  const sign = operation(p, 'and', shift(p, 'left', quarter, 62), word(p, 1n << 63n));
  return operation(p, 'xor', y, sign);
}

/** sin x, bit for bit as expressions/math/sin_cos.ts. */
export const sin = (p: Program, x: Lane): Lane => patch(p, 'sin', sinSum(p, x, number(p, 0), 0), huge(p, x), [x]);

/** cos x, bit for bit as expressions/math/sin_cos.ts. */
export const cos = (p: Program, x: Lane): Lane => patch(p, 'cos', sinSum(p, x, number(p, 0), 1), huge(p, x), [x]);
