import type { Precision } from '../expressions/precision.js';
import { always, converted, number, operation, typeOf, type Lane, type Program } from './lanes.js';
import { asinh } from './math/asinh.js';
import { atan2 } from './math/atan2.js';
import { deltaPhi } from './math/delta_phi.js';
import { exp } from './math/exp.js';
import { hypot } from './math/hypot.js';
import { log } from './math/log.js';
import { mass } from './math/mass.js';
import { massOfSingles } from './math/mass_of_singles.js';
import { cos, sin } from './math/sin_cos.js';
import { cosh, sinh } from './math/sinh_cosh.js';

/** A function on lanes. */
type Vector = (p: Program, ...args: Lane[]) => Lane;

/** Operations that are the same for singles and doubles. */
const ARITHMETIC = new Map<string, Vector>(
  Object.entries({
    '+': (p, a, b) => operation(p, 'add', a, b),
    '-': (p, a, b) => operation(p, 'sub', a, b),
    '*': (p, a, b) => operation(p, 'mul', a, b),
    '/': (p, a, b) => operation(p, 'div', a, b),
    min: (p, a, b) => operation(p, 'min', a, b),
    max: (p, a, b) => operation(p, 'max', a, b),
    negative: (p, a) => operation(p, 'negative', a),
    abs: (p, a) => operation(p, 'abs', a),
    sqrt: (p, a) => operation(p, 'sqrt', a),
    floor: (p, a) => operation(p, 'floor', a),
    one: (p, a) => number(p, 1, typeOf(p, a)),
  } satisfies Record<string, Vector>),
);

/**
 * Operators and functions of numbers that have instructions of their own. What is not here is asked of the plain function
 * for each event: right, and slow.
 */
export const VECTOR_FUNCTIONS: ReadonlyMap<string, Vector> = new Map<string, Vector>([
  ...ARITHMETIC,
  ...Object.entries({
    ...{ exp, log, sin, cos, sinh, cosh, asinh, atan2, hypot, mass },
    delta_phi: deltaPhi,
    delta_r: (p, eta1, phi1, eta2, phi2) => hypot(p, operation(p, 'sub', eta1, eta2), deltaPhi(p, phi1, phi2)),
  } satisfies Record<string, Vector>),
]);

/** Functions with instructions of their own for singles. */
const OF_SINGLES: ReadonlyMap<string, Vector> = new Map<string, Vector>([...ARITHMETIC, ['mass', massOfSingles]]);

/** What `op` is on lanes of that type: of singles, what has no instructions of its own is that of the doubles, rounded. */
export function vectorOf(op: string, precision: Precision): Vector {
  const ofDoubles: Vector = VECTOR_FUNCTIONS.get(op) ?? ((p, ...args) => always(p, op, args));
  if (precision === 'f64') return ofDoubles;
  const widened: Vector = (p, ...args) =>
    converted(p, ofDoubles(p, ...args.map((arg) => converted(p, arg, 'f64'))), 'f32');
  return OF_SINGLES.get(op) ?? widened;
}

/** Operators that give a truth value, as words of all ones or zeros; those of truth values are given such words. */
export const VECTOR_CONDITIONS: ReadonlyMap<string, Vector> = new Map<string, Vector>(
  Object.entries({
    '<': (p, a, b) => operation(p, 'lt', a, b),
    '<=': (p, a, b) => operation(p, 'le', a, b),
    '>': (p, a, b) => operation(p, 'gt', a, b),
    '>=': (p, a, b) => operation(p, 'ge', a, b),
    '==': (p, a, b) => operation(p, 'eq', a, b),
    '!=': (p, a, b) => operation(p, 'or', operation(p, 'lt', a, b), operation(p, 'gt', a, b)),
    and: (p, a, b) => operation(p, 'and', a, b),
    or: (p, a, b) => operation(p, 'or', a, b),
    not: (p, a) => operation(p, 'not', a),
  } satisfies Record<string, Vector>),
);

/** Not 0 and not NaN. */
export const isTrue: Vector = (p, x) => {
  const zero = number(p, 0, typeOf(p, x));
  return operation(p, 'or', operation(p, 'lt', x, zero), operation(p, 'gt', x, zero));
};
