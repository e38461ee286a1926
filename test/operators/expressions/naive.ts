import { deltaPhi } from '../../../operators/expressions/functions/delta_phi.js';
import { deltaR } from '../../../operators/expressions/functions/delta_r.js';
import { mass } from '../../../operators/expressions/functions/mass.js';
import { massOfSingles } from '../../../operators/expressions/functions/mass_of_singles.js';
import { asinh } from '../../../operators/expressions/math/asinh.js';
import { atan2 } from '../../../operators/expressions/math/atan2.js';
import { exp } from '../../../operators/expressions/math/exp.js';
import { hypot } from '../../../operators/expressions/math/hypot.js';
import { log } from '../../../operators/expressions/math/log.js';
import { pow } from '../../../operators/expressions/math/pow.js';
import { cos, sin, tan } from '../../../operators/expressions/math/sin_cos.js';
import { cosh, sinh } from '../../../operators/expressions/math/sinh_cosh.js';
import type { Formula } from '../../../operators/expressions/formula.js';
import { rounded, type Precision } from '../../../operators/expressions/precision.js';

/** What a formula gives for one event: a number, a truth value, a list of either, or the list that cannot be. */
export type Value = number | boolean | Value[] | 'broken';
export type Event = Readonly<Record<string, Value>>;

const truth = (x: Value): boolean => (typeof x === 'number' ? x < 0 || x > 0 : x === true);

function power(x: number, y: number, constant: boolean, precision: Precision): number {
  if (!constant || !Number.isInteger(y) || Math.abs(y) > 4) return pow(x, y);
  const square = rounded(x * x, precision);
  const to = rounded([1, x, square, square * x, square * square][Math.abs(y)]!, precision);
  return y < 0 ? 1 / to : to;
}

const OPERATORS: Record<string, (a: never, b: never) => Value> = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '==': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => !Number.isNaN(a) && !Number.isNaN(b) && a !== b,
  and: (a: boolean, b: boolean) => truth(a) && truth(b),
  or: (a: boolean, b: boolean) => truth(a) || truth(b),
};

const FUNCTIONS: Record<string, (...x: never[]) => Value> = {
  ...{ abs: Math.abs, sqrt: Math.sqrt, floor: Math.floor, min: Math.min, max: Math.max },
  ...{ exp, log, sin, cos, tan, sinh, cosh, asinh, atan2, hypot, mass, delta_phi: deltaPhi, delta_r: deltaR },
  where: (c: Value, a: Value, b: Value) => (truth(c) ? a : b),
};

const REDUCTIONS: Record<string, (list: Value[]) => number> = {
  sum: (list) => (list as number[]).reduce((a, b) => a + b, 0),
  count: (list) => list.filter((x) => x !== false).length,
  min: (list) => (list.length === 0 ? NaN : Math.min(...(list as number[]))),
  max: (list) => (list.length === 0 ? NaN : Math.max(...(list as number[]))),
};

function roundedValue(value: Value, precision: Precision): Value {
  if (typeof value === 'number') return rounded(value, precision);
  return Array.isArray(value) ? value.map((one) => roundedValue(one, precision)) : value;
}

/** Element by element if there is a list among the arguments. */
function each(fn: (...x: never[]) => Value, args: Value[]): Value {
  const lists = args.filter((arg) => typeof arg === 'object');
  if (args.includes('broken') || lists.some((list) => list.length !== lists[0]!.length)) return 'broken';
  if (lists[0] === undefined) return fn(...(args as never[]));
  return lists[0].map((_, i) => fn(...(args.map((arg) => (typeof arg === 'object' ? arg[i] : arg)) as never[])));
}

/** Evaluates a formula for one event by walking its tree: slow, and nothing else. */
export const naive = (f: Formula, event: Event, precision: Precision = 'f64'): Value =>
  roundedValue(unrounded(f, event, precision), precision);

function unrounded(f: Formula, event: Event, precision: Precision): Value {
  const of = (part: Formula): Value => naive(part, event, precision);
  switch (f.kind) {
    case 'number':
      return f.value;
    case 'name':
      return f.name === 'pi' ? Math.PI : event[f.name]!;
    case 'unary':
      return each(f.op === '-' ? (x: number) => -x : (x: boolean) => !truth(x), [of(f.of)]);
    case 'index': {
      const list = of(f.list);
      return list === 'broken' ? NaN : ((list as Value[]).at(f.index) ?? NaN);
    }
    case 'call': {
      const args = f.args.map(of);
      if (args.length === 1 && f.fn in REDUCTIONS)
        return args[0] === 'broken' ? NaN : REDUCTIONS[f.fn]!(args[0] as Value[]);
      return each(precision === 'f32' && f.fn === 'mass' ? massOfSingles : FUNCTIONS[f.fn]!, args);
    }
    case 'comparison':
    case 'binary': {
      const constant = f.op === '^' && isConstant(f.right);
      const operator = f.op === '^' ? (x: number, y: number) => power(x, y, constant, precision) : OPERATORS[f.op]!;
      return each(operator, [of(f.left), of(f.right)]);
    }
  }
}

function isConstant(f: Formula): boolean {
  if (f.kind === 'name') return f.name === 'pi';
  if (f.kind === 'call') return f.args.every(isConstant);
  if (f.kind === 'unary') return isConstant(f.of);
  if (f.kind === 'binary' || f.kind === 'comparison') return isConstant(f.left) && isConstant(f.right);
  return f.kind === 'number';
}
