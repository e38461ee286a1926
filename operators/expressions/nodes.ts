import { LOOPS_OF_SINGLES } from './function_loops.js';
import { FUNCTIONS } from './functions.js';
import { scalarOperand, type Loop } from './loop.js';
import { OPERATOR_LOOPS } from './operator_loops.js';
import { COLUMNS, rounded, type Precision } from './precision.js';
import { REDUCTIONS, type Reduction } from './reductions.js';

/** One operation over whole columns: plain data. `args` are numbers of earlier nodes; `list`: one list for each event. */
export type Node =
  | { readonly kind: 'constant'; readonly args: readonly number[]; readonly list: false; readonly value: number }
  | { readonly kind: 'column'; readonly args: readonly number[]; readonly list: boolean; readonly name: string }
  | { readonly kind: 'elementwise'; readonly args: readonly number[]; readonly list: boolean; readonly op: string }
  | { readonly kind: 'reduce'; readonly args: readonly number[]; readonly list: false; readonly op: string }
  | { readonly kind: 'element'; readonly args: readonly number[]; readonly list: false; readonly index: number };

/** Nodes without repetition, each after its arguments. Constants are what they are in that precision. */
export interface Nodes {
  readonly precision: Precision;
  readonly all: Node[];
  readonly byKey: Map<string, number>;
}

export const noNodes = (precision: Precision): Nodes => ({ precision, all: [], byKey: new Map() });

const OF_SINGLES: ReadonlyMap<string, Loop> = new Map(Object.entries(LOOPS_OF_SINGLES));

/** The loop of an operator or a function; in singles, what does not compute with them is rounded to them. */
export function loopOf(op: string, precision: Precision): Loop {
  const ofSingles = precision === 'f32' ? OF_SINGLES.get(op) : undefined;
  const loop = ofSingles ?? OPERATOR_LOOPS.get(op) ?? FUNCTIONS.get(op)?.loop;
  if (loop === undefined) throw new TypeError(`no loop computes '${op}'`);
  return loop;
}

function add(nodes: Nodes, key: string, node: Node): number {
  const known = nodes.byKey.get(key);
  if (known !== undefined) return known;
  nodes.byKey.set(key, nodes.all.length);
  return nodes.all.push(node) - 1;
}

export function constant(nodes: Nodes, number: number): number {
  const value = rounded(number, nodes.precision);
  return add(nodes, `number ${Object.is(value, -0) ? '-0' : value}`, {
    kind: 'constant',
    args: [],
    list: false,
    value,
  });
}

export const column = (nodes: Nodes, name: string, list: boolean): number =>
  add(nodes, `column ${name}`, { kind: 'column', args: [], list, name });

/** An operator or function of numbers; of constants alone it is computed here, by the loop that columns take. */
export function elementwise(nodes: Nodes, op: string, args: readonly number[]): number {
  const operands = args.map((arg) => nodes.all[arg]!);
  if (operands.every((node) => node.kind === 'constant')) {
    const out = new COLUMNS[nodes.precision](1);
    loopOf(op, nodes.precision)(out, 1, ...operands.map(({ value }) => scalarOperand(value)));
    return constant(nodes, out[0]!);
  }
  const list = operands.some((node) => node.list);
  return add(nodes, `${op} ${args.join(' ')}`, { kind: 'elementwise', args, list, op });
}

export const reduce = (nodes: Nodes, op: string, list: number): number =>
  add(nodes, `reduce ${op} ${list}`, { kind: 'reduce', args: [list], list: false, op });

export const element = (nodes: Nodes, index: number, list: number): number =>
  add(nodes, `element ${index} ${list}`, { kind: 'element', args: [list], list: false, index });

/** The loop of a function of one list; `true_count` is count for truth values. */
export function reductionOf(op: string): Reduction {
  const found = op === 'true_count' ? REDUCTIONS.true_count : FUNCTIONS.get(op)?.reduce;
  if (found === undefined) throw new TypeError(`no loop reduces a list by '${op}'`);
  return found;
}
