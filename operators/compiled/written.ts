import { parse, type Formula } from '../expressions/formula.js';
import type { Precision } from '../expressions/precision.js';
import { number, operation, typeOf, type Lane, type Program } from './lanes.js';
import type { Operation } from './operations.js';

/** What a line of arithmetic may name. */
export type Names = Readonly<Record<string, Lane>>;

/** Names of numbers. */
export const numbers = (p: Program, values: Readonly<Record<string, number>>, type: Precision = 'f64'): Names =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, number(p, value, type)]));

const OF_TWO: Readonly<Record<string, Operation>> = {
  ...{ '+': 'add', '-': 'sub', '*': 'mul', '/': 'div' },
  ...{ '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge', '==': 'eq', and: 'and', or: 'or' },
};
const OF_ONE: ReadonlySet<string> = new Set(['abs', 'sqrt', 'floor']);

const parsed = new Map<string, Formula>();

/**
 * A line of arithmetic as instructions, in the order in which it is written: the lines of the scalar functions
 * (expressions/math) can be read beside it. Names are lanes, all of one type; `where(c, a, b)` takes a comparison;
 * comparisons give words of all ones or zeros.
 */
export function written(p: Program, text: string, names: Names): Lane {
  const known = parsed.get(text);
  const formula = known ?? parse(text);
  if (!known) parsed.set(text, formula);
  const [first] = Object.values(names);
  return lower(p, formula, names, first === undefined ? 'f64' : typeOf(p, first));
}

/** Lines `name: arithmetic`, each of which may use the names before it. Gives all names. */
export function lines(p: Program, texts: readonly string[], names: Names): Record<string, Lane> {
  const all: Record<string, Lane> = { ...names };
  for (const text of texts) {
    const at = text.indexOf(' = ');
    all[text.slice(0, at)] = written(p, text.slice(at + 3), all);
  }
  return all;
}

function lower(p: Program, f: Formula, names: Names, type: Precision): Lane {
  const of = (part: Formula): Lane => lower(p, part, names, type);
  switch (f.kind) {
    case 'number':
      return number(p, f.value, type);
    case 'name': {
      const lane = names[f.name];
      if (lane === undefined) throw new TypeError(`no lane is named '${f.name}'`);
      return lane;
    }
    case 'unary':
      if (f.op === 'not') return operation(p, 'not', of(f.of));
      return f.of.kind === 'number' ? number(p, -f.of.value, type) : operation(p, 'negative', of(f.of));
    case 'binary':
    case 'comparison':
      return operation(p, OF_TWO[f.op]!, of(f.left), of(f.right));
    case 'call': {
      const [first, ...rest] = f.args.map(of) as [Lane, ...Lane[]];
      if (f.fn === 'where') return operation(p, 'select', rest[0]!, rest[1]!, first);
      if (OF_ONE.has(f.fn)) return operation(p, f.fn as Operation, first);
      throw new TypeError(`no operation is named '${f.fn}'`);
    }
    case 'index':
      throw new TypeError('lanes have no elements');
  }
}
