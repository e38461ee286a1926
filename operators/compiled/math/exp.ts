import { number, operation, shift, word, type Lane, type Program } from '../lanes.js';
import { lines, written } from '../written.js';

const TO_INTEGER = 6755399441055744;
const ONE = 0x3ff0000000000000n;

/** As expSum of expressions/math/exp.ts. */
export function expSum(p: Program, hi: Lane, lo: Lane, n: number): Lane {
  const { y, k } = lines(
    p,
    [
      'k = hi * LOG2_E + TO_INTEGER - TO_INTEGER',
      'a = hi - k * LN2_HI',
      'b = lo - k * LN2_LO',
      'r = a + b',
      'z = r * r',
      'w = z * z',
      'p = 0.16666666666666669 + r * 0.041666666666666664 + z * (0.008333333333330062 + r * 0.0013888888888886552) + ' +
        'w * (0.00019841269863058052 + r * 2.4801587317147666e-5 + z * (2.7557268453107527e-6 + r * 2.755728296462998e-7) + ' +
        'w * (2.5100388772450645e-8 + r * 2.0911238970389346e-9))',
      's = 1 + a',
      'y = s + (1 - s + a + (b + z * (0.5 + r * p)))',
    ],
    {
      ...{ hi, lo, LOG2_E: number(p, 1.4426950408889634), TO_INTEGER: number(p, TO_INTEGER) },
      ...{ LN2_HI: number(p, 0.6931471805601177), LN2_LO: number(p, -1.7239444525614835e-13) },
    },
  );
  return scale(p, y!, n === 0 ? k! : written(p, 'k + n', { k: k!, n: number(p, n) }));
}

/** As `scale` of expressions/math/power_of_two.ts: two factors, k halved downwards. */
function scale(p: Program, y: Lane, k: Lane): Lane {
  const half = written(p, 'floor(k * 0.5)', { k });
  return written(p, 'y * a * b', { y, a: powerOfTwo(p, half), b: powerOfTwo(p, operation(p, 'sub', k, half)) });
}

/** 2^k for a whole k from −1022 to 1023: adding 1.5 · 2^52 puts k into the lowest bits, from where it goes to the exponent. */
export function powerOfTwo(p: Program, k: Lane): Lane {
  const bits = operation(p, 'add', k, number(p, TO_INTEGER));
  return operation(p, 'addWords', shift(p, 'left', bits, 52), word(p, ONE));
}

/** e^x, bit for bit as expressions/math/exp.ts. */
export const exp = (p: Program, x: Lane): Lane =>
  expSum(p, written(p, 'where(x > 1000, 1000, where(x < -1000, -1000, x))', { x }), number(p, 0), 0);
