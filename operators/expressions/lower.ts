import { wrongPipeline } from '../problem.js';
import { CONSTANTS } from './constants.js';
import { FUNCTIONS } from './functions.js';
import { column, constant, element, elementwise, noNodes, reduce, type Node, type Nodes } from './nodes.js';
import type { Precision } from './precision.js';
import { partsOf, type Formula } from './syntax.js';

/** Formulas as nodes without repetition; `results` says which node a name is. */
export interface Lowered {
  readonly nodes: readonly Node[];
  readonly results: ReadonlyMap<string, number>;
}

interface Lowering {
  readonly nodes: Nodes;
  readonly results: Map<string, number>;
  /** Names of definitions that are truth values: count() counts the true ones of such lists. */
  readonly truths: Set<string>;
  readonly definitions: ReadonlyMap<string, Formula>;
  readonly isList: (column: string) => boolean;
}

/**
 * Lowers definitions, in the given order, and the columns among `outputs`: what is structurally equal becomes one node,
 * what is constant is folded by the same scalar functions, x^k with a constant whole |k| ≤ 4 becomes products.
 */
export function lower(
  definitions: ReadonlyMap<string, Formula>,
  order: readonly string[],
  outputs: readonly string[],
  isList: (column: string) => boolean,
  precision: Precision = 'f64',
): Lowered {
  const l: Lowering = { nodes: noNodes(precision), results: new Map(), truths: new Set(), definitions, isList };
  for (const name of order) {
    const f = definitions.get(name);
    if (f === undefined) throw wrongPipeline(`name '${name}' is to be evaluated but has no formula: define it`);
    const node = lowerOne(l, f);
    if (isTruth(l, f)) l.truths.add(name);
    l.results.set(name, node);
  }
  for (const name of outputs) l.results.set(name, lowerName(l, name));
  return { nodes: l.nodes.all, results: l.results };
}

function lowerOne(l: Lowering, f: Formula): number {
  if (f.kind === 'number') return constant(l.nodes, f.value);
  if (f.kind === 'name') return lowerName(l, f.name);
  const args = partsOf(f).map((part) => lowerOne(l, part));
  const [first = NaN, second = NaN] = args;
  switch (f.kind) {
    case 'index':
      return element(l.nodes, f.index, listOf(l, `[${f.index}]`, first));
    case 'unary':
      return elementwise(l.nodes, f.op === '-' ? 'negative' : f.op, args);
    case 'comparison':
      return elementwise(l.nodes, f.op, args);
    case 'binary':
      return f.op === '^' ? power(l, first, second) : elementwise(l.nodes, f.op, args);
    case 'call':
      return call(l, f.fn, f.args, args);
  }
}

function lowerName(l: Lowering, name: string): number {
  const known = l.results.get(name);
  if (known !== undefined) return known;
  const value = CONSTANTS.get(name);
  if (value !== undefined) return constant(l.nodes, value);
  if (l.definitions.has(name)) throw wrongPipeline(`define ${name}: used before its turn, evaluate in order of need`);
  return column(l.nodes, name, l.isList(name));
}

function listOf(l: Lowering, what: string, of: number): number {
  const node = l.nodes.all[of]!;
  if (node.list) return of;
  const found =
    node.kind === 'column' ? `column '${node.name}' holds one number an event` : 'found one number an event';
  throw wrongPipeline(`formula: ${what} takes a list, ${found}`);
}

/** x^0 = 1 (as IEEE, for NaN too), x², x²·x, x²·x²; negative: one over that. Any other exponent: pow. */
function power(l: Lowering, base: number, exponent: number): number {
  const node = l.nodes.all[exponent]!;
  const k = node.kind === 'constant' ? node.value : NaN;
  const square = (): number => elementwise(l.nodes, '*', [base, base]);
  if (k < 0 && k >= -4 && Number.isInteger(k))
    return elementwise(l.nodes, '/', [constant(l.nodes, 1), power(l, base, constant(l.nodes, -k))]);
  if (k === 0) return elementwise(l.nodes, 'one', [base]);
  if (k === 1) return base;
  if (k === 2) return square();
  if (k === 3) return elementwise(l.nodes, '*', [square(), base]);
  if (k === 4) return elementwise(l.nodes, '*', [square(), square()]);
  return elementwise(l.nodes, '^', [base, exponent]);
}

function call(l: Lowering, name: string, formulas: readonly Formula[], args: readonly number[]): number {
  const fn = FUNCTIONS.get(name);
  const [first, ...rest] = args;
  if (fn === undefined || first === undefined) throw wrongPipeline(`formula: call of '${name}' was not type-checked`);
  if (fn.reduce !== undefined && rest.length === 0) {
    const op = name === 'count' && formulas.every((f) => isTruth(l, f)) ? 'true_count' : name;
    return reduce(l.nodes, op, listOf(l, name, first));
  }
  if (fn.repeats !== true) return elementwise(l.nodes, name, args);
  return rest.reduce((left, right) => elementwise(l.nodes, name, [left, right]), first);
}

function isTruth(l: Lowering, f: Formula): boolean {
  switch (f.kind) {
    case 'name':
      return l.truths.has(f.name);
    case 'call':
      return f.fn === 'where' && f.args.slice(1).every((arg) => isTruth(l, arg));
    case 'unary':
      return f.op === 'not';
    case 'binary':
      return f.op === 'and' || f.op === 'or';
    default:
      return f.kind === 'comparison';
  }
}
