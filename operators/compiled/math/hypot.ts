import { number, patch, type Lane, type Program } from '../lanes.js';
import { written } from '../written.js';

/** √(x² + y²), bit for bit as expressions/math/hypot.ts; very large and very small ones by the plain function. */
export function hypot(p: Program, x: Lane, y: Lane): Lane {
  const names = { a: written(p, 'abs(x)', { x }), b: written(p, 'abs(y)', { y }) };
  const larger = written(p, 'where(a > b, a, b)', names);
  const bounds = { larger, LARGE: number(p, 2 ** 510), SMALL: number(p, 2 ** -450) };
  const rare = written(p, 'not (larger < LARGE and larger > SMALL or larger == 0)', bounds);
  return patch(p, 'hypot', written(p, 'sqrt(a * a + b * b)', names), rare, [x, y]);
}
