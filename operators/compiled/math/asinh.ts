import { patch, type Lane, type Program } from '../lanes.js';
import { lines, written } from '../written.js';
import { logSum } from './log.js';

/** asinh x, bit for bit as expressions/math/asinh.ts; from 2^28 on and NaN by the plain function. */
export function asinh(p: Program, x: Lane): Lane {
  const { u, extra } = lines(
    p,
    [
      'a = abs(x)',
      'square = a * a',
      'b = square / (1 + sqrt(1 + square))',
      't = a + b',
      'u = 1 + t',
      'error = where(t < 1, 1 - u + t, t - u + 1) + (a - t + b)',
      'extra = error / u',
    ],
    { x },
  );
  const y = written(p, 'where(x < 0, -y, where(x == 0, x, y))', { x, y: logSum(p, u!, extra!) });
  return patch(p, 'asinh', y, written(p, 'not (abs(x) < 268435456)', { x }), [x]);
}
