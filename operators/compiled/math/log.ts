import { number, operation, patch, shift, word, type Lane, type Program } from '../lanes.js';
import { lines, written } from '../written.js';
import { powerOfTwo } from './exp.js';

/** The upper word of √½, as in expressions/math/log.ts. */
const ROOT_HALF = 0x3fe6a09en << 32n;
/** Added to the exponent, so that it is no negative number. */
const BIAS = 2048;
/** The bits of 2^52: with a small whole number in the lowest bits it is that much more. */
const INTO_DOUBLE = 0x4330000000000000n;

/** As logSum of expressions/math/log.ts, with shift 0. */
export function logSum(p: Program, x: Lane, extra: Lane): Lane {
  const above = operation(p, 'addWords', x, word(p, (BigInt(BIAS) << 52n) - ROOT_HALF));
  const biased = operation(p, 'or', shift(p, 'rightUnsigned', above, 52), word(p, INTO_DOUBLE));
  const k = operation(p, 'sub', biased, number(p, 2 ** 52 + BIAS));
  const { y } = lines(
    p,
    [
      'f = x * scale - 1',
      's = f / (2 + f)',
      'z = s * s',
      'w = z * z',
      'R = z * (0.6666666666666734 + z * 0.3999999999941687 + w * (0.2857142874194388 + z * 0.222221986163631 + ' +
        'w * (0.18183562148657076 + z * 0.15314105382643226 + w * 0.14795404747079707)))',
      'h = 0.5 * f * f',
      'y = k * LN2_HI - (h - (s * (h + R) + (k * LN2_LO + extra)) - f)',
    ],
    {
      ...{ x, extra, k, scale: powerOfTwo(p, operation(p, 'negative', k)) },
      ...{ LN2_HI: number(p, 0.6931471805601177), LN2_LO: number(p, -1.7239444525614835e-13) },
    },
  );
  return y!;
}

/** ln x, bit for bit as expressions/math/log.ts; what is below the normal numbers or from 2^1022 on by the plain function. */
export const log = (p: Program, x: Lane): Lane =>
  patch(
    p,
    'log',
    logSum(p, x, number(p, 0)),
    written(p, 'not (x >= LEAST_NORMAL and x < LARGE)', {
      ...{ x, LEAST_NORMAL: number(p, 2.2250738585072014e-308), LARGE: number(p, 2 ** 1022) },
    }),
    [x],
  );
