import { number, type Lane, type Program } from '../lanes.js';
import { lines, written } from '../written.js';
import { expSum } from './exp.js';

/** As sinhSum of expressions/math/sinh_cosh.ts; both of its branches, of which one is taken. */
export function sinhSum(p: Program, x: Lane, extra: Lane): Lane {
  const { small } = lines(
    p,
    [
      'z = x * x',
      'w = z * z',
      'P = 0.16666666666666669 + z * 0.008333333333332915 + w * (0.00019841269841589255 + z * 2.755731910847799e-6 + ' +
        'w * (2.5052130677328298e-8 + z * 1.6056686914290203e-10 + w * 7.775698981019356e-13))',
      'small = x - (x * z * -P - extra)',
    ],
    { x, extra },
  );
  const hi = written(p, 'where(x > 1000, 1000, where(x < -1000, 1000, abs(x)))', { x });
  const lo = written(p, 'where(x < 0, -extra, extra)', { x, extra });
  const y = written(p, 'h - 0.25 / h', { h: expSum(p, hi, lo, -1) });
  return written(p, 'where(x < 1 and x > -1, small, where(x < 0, -y, y))', { x, y, small: small! });
}

/** sinh x, bit for bit as expressions/math/sinh_cosh.ts. */
export const sinh = (p: Program, x: Lane): Lane => sinhSum(p, x, number(p, 0));

/** cosh x, bit for bit as expressions/math/sinh_cosh.ts. */
export function cosh(p: Program, x: Lane): Lane {
  const hi = written(p, 'where(abs(x) > 1000, 1000, abs(x))', { x });
  return written(p, 'h + 0.25 / h', { h: expSum(p, hi, number(p, 0), -1) });
}
