import { callType } from './call_type.js';
import { CONSTANTS } from './constants.js';
import { FUNCTIONS } from './functions.js';
import { nearest } from './nearest.js';
import { sourceOf } from './source_text.js';
import {
  numberSignature,
  PURE_NUMBER,
  truthSignature,
  unitsOf,
  want,
  wantNumbers,
  wantTruths,
  wantUnit,
  wrong,
  isTruth,
  type Checker,
  type Scope,
  type Signature,
  type Typed,
} from './signature.js';
import type { Formula } from './syntax.js';
import { common, isAngle, isClash, PURE, raised, times, type Clash, type Unit } from './units.js';

export type { Scope, Signature } from './signature.js';

/**
 * The signature of a formula over the given names. Units are labels: what is added, compared or chosen between must
 * agree, products multiply. Throws a Problem that names the column: unknown names and functions (with the nearest known
 * one), wrong number or type of arguments, units that do not go together.
 */
export function typeOf(f: Formula, scope: Scope): Signature {
  const found = check({ root: f, source: sourceOf(f), scope }, f);
  return found.unit === PURE ? { ...found, unit: null } : found;
}

function check(c: Checker, f: Formula): Signature {
  const part = (inner: Formula): Typed => ({ f: inner, is: check(c, inner) });
  switch (f.kind) {
    case 'number':
      return PURE_NUMBER;
    case 'name':
      return nameType(c, f.name, f.at);
    case 'call':
      return callType(c, f.fn, f.at, f.args.map(part));
    case 'index': {
      const list = part(f.list);
      want(c, `'[${f.index}]'`, f.at, 'a list of numbers', list, list.is.type === 'list' && !isTruth(list.is));
      return numberSignature(false, list.is.unit);
    }
    case 'unary': {
      const of = part(f.of);
      if (f.op === 'not') return truthSignature(wantTruths(c, "'not'", f.at, [of]));
      return numberSignature(wantNumbers(c, "'-'", f.at, [of]), of.is.unit);
    }
    case 'comparison': {
      const sides = [part(f.left), part(f.right)];
      const list = wantNumbers(c, `'${f.op}'`, f.at, sides);
      wantUnit(c, `'${f.op}'`, f.at, together('compares', 'with', unitsOf(sides)));
      return truthSignature(list);
    }
    case 'binary': {
      const sides = [part(f.left), part(f.right)];
      if (f.op === 'and' || f.op === 'or') return truthSignature(wantTruths(c, `'${f.op}'`, f.at, sides));
      const list = wantNumbers(c, `'${f.op}'`, f.at, sides);
      return numberSignature(list, wantUnit(c, `'${f.op}'`, f.at, arithmeticUnit(f, unitsOf(sides))));
    }
  }
}

function nameType(c: Checker, name: string, at: number): Signature {
  if (CONSTANTS.has(name)) return PURE_NUMBER;
  const found = c.scope.get(name);
  if (found !== undefined) return found.unit === '1' ? { ...found, unit: PURE } : found;
  const meant = nearest(name, [...c.scope.keys(), ...CONSTANTS.keys()]);
  const hint = meant === undefined ? '' : `, did you mean '${meant}'?`;
  throw wrong(c, `unknown name '${name}'`, at, FUNCTIONS.has(name) ? `, a function is written ${name}(...)` : hint);
}

function arithmeticUnit(f: Formula & { kind: 'binary' }, units: readonly Unit[]): Unit | Clash {
  const [left = null, right = null] = units;
  switch (f.op) {
    case '*':
      return times(left, right, 1);
    case '/':
      return times(left, right, -1);
    case '^':
      return isAngle(right) ? raised(left, constantOf(f.right)) : { clash: `has an exponent in ${String(right)}` };
    case '-':
      return together('subtracts', 'from', [right, left]);
    default:
      return together('adds', 'to', units);
  }
}

function together(verb: string, preposition: string, units: readonly Unit[]): Unit | Clash {
  const found = common(units);
  return isClash(found) ? { clash: `${verb} ${units.join(` ${preposition} `)}` } : found;
}

/** The value of an exponent that is a number, a negative one or a ratio of such; undefined for any other. */
function constantOf(f: Formula): number | undefined {
  if (f.kind === 'number') return f.value;
  if (f.kind === 'unary' && f.op === '-') {
    const of = constantOf(f.of);
    return of === undefined ? undefined : -of;
  }
  if (f.kind !== 'binary' || f.op !== '/') return undefined;
  const above = constantOf(f.left);
  const below = constantOf(f.right);
  return above === undefined || below === undefined ? undefined : above / below;
}
