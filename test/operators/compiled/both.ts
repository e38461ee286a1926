import type { Column } from '../../../operators/batch.js';
import { compile } from '../../../operators/expressions/evaluate.js';
import { parse } from '../../../operators/expressions/formula.js';
import type { Precision } from '../../../operators/expressions/precision.js';

/** A formula evaluated by the plain loops and by the compiled one. */
export function both(
  text: string,
  columns: Readonly<Record<string, Column>>,
  n: number,
  precision: Precision = 'f64',
): [Float64Array, Float64Array] {
  const definitions = new Map([['y', parse(text)]]);
  const run = (by: 'plain' | 'compiled'): Float64Array =>
    compile(definitions, ['y'], ['y'], by, precision)(new Map(Object.entries(columns)), n).get('y')!;
  return [run('plain'), run('compiled')];
}

/** The first place where two columns have other bits (a NaN is a NaN), with its arguments; 'none' if there is none. */
export function firstDifference(
  [plain, compiled]: readonly [Float64Array, Float64Array],
  args: readonly Column[],
): string {
  const at = plain.findIndex((x, i) => !Object.is(x, compiled[i]));
  if (at < 0) return compiled.length === plain.length ? 'none' : 'length';
  const given = args.map((column) => String((column as Float64Array)[at]));
  return `${given.join(', ')}: plain ${String(plain[at])}, compiled ${String(compiled[at])}`;
}

const powers = [-1074, -1050, -1023, -1022, -600, -451, -450, -60, -30, 20, 28, 30, 52, 53, 63, 66, 67, 509, 510, 511];
const large = [1000, 709.782712893384, 709.7827128933841, 710.4758600739439, 745.1332191019412, 2 ** 1022, 2 ** 1023];

/** Numbers at which functions change their ways, with their neighbours and both signs. */
export const HOSTILE: readonly number[] = [
  ...[0, 0.5, 1, Math.PI / 2, Math.PI, 2 * Math.PI, 3 * Math.PI, Math.SQRT1_2, Math.SQRT2, 0.4375, 0.6875, 1.1875],
  ...[2.4375, 1.5, 2, 3, 1e5, 1048576.5, 1e15, 1e22, 1e300, Number.MAX_VALUE, Infinity, NaN],
  ...[...powers.map((k) => 2 ** k), ...large],
].flatMap((x) => (Number.isFinite(x) ? [x, x * (1 + 2 ** -52), x * (1 - 2 ** -53)] : [x]).flatMap((y) => [y, -y]));
