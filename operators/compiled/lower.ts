import type { Node } from '../expressions/nodes.js';
import type { Precision } from '../expressions/precision.js';
import { converted, number, operation, type Lane, type Program } from './lanes.js';
import { isTrue, VECTOR_CONDITIONS, vectorOf } from './vector_functions.js';

const OF_TRUTHS: ReadonlySet<string> = new Set(['and', 'or', 'not']);

/**
 * Lowers nodes of numbers to instructions of `p`, and gives the lanes of those that are wanted, as doubles. `given` are
 * nodes whose values come from elsewhere, from `lane`: the columns of the sample, and what lists were reduced to. Truth
 * values stay words of ones and zeros until one is asked for as a number.
 */
export function lowerToLanes(
  p: Program,
  nodes: readonly Node[],
  given: ReadonlySet<number>,
  wanted: readonly number[],
  lane: (id: number) => Lane,
  precision: Precision,
): Lane[] {
  const numbers = new Map<number, Lane>();
  const truths = new Map<number, Lane>();

  const numberOf = (id: number): Lane => memo(numbers, id, () => make(id));
  /** A node as a condition. */
  const truthOf = (id: number): Lane => memo(truths, id, () => conditionOf(id) ?? isTrue(p, numberOf(id)));

  const conditionOf = (id: number): Lane | undefined => {
    const node = nodes[id]!;
    if (node.kind !== 'elementwise' || given.has(id)) return undefined;
    const of = OF_TRUTHS.has(node.op) ? truthOf : numberOf;
    return VECTOR_CONDITIONS.get(node.op)?.(p, ...node.args.map(of));
  };

  const make = (id: number): Lane => {
    if (given.has(id)) return converted(p, lane(id), precision);
    const node = nodes[id]!;
    if (node.kind === 'constant') return number(p, node.value, precision);
    if (node.kind !== 'elementwise') throw new TypeError(`a ${node.kind} is no operation on numbers`);
    if (VECTOR_CONDITIONS.has(node.op)) return operation(p, 'and', truthOf(id), number(p, 1, precision));
    if (node.op === 'where') {
      const [condition = -1, yes = -1, no = -1] = node.args;
      return operation(p, 'select', numberOf(yes), numberOf(no), truthOf(condition));
    }
    return vectorOf(node.op, precision)(p, ...node.args.map(numberOf));
  };

  // In the order of the nodes, so that no chain of definitions is deep.
  for (const id of needed(nodes, given, wanted)) {
    const node = nodes[id]!;
    if (node.kind === 'elementwise' && VECTOR_CONDITIONS.has(node.op) && !given.has(id)) truthOf(id);
    else numberOf(id);
  }
  return wanted.map((id) => converted(p, numberOf(id), 'f64'));
}

function memo(known: Map<number, Lane>, id: number, make: () => Lane): Lane {
  const found = known.get(id) ?? make();
  known.set(id, found);
  return found;
}

/** The nodes that the wanted ones are made of, without what given ones are made of, rising. */
export function needed(nodes: readonly Node[], given: ReadonlySet<number>, wanted: readonly number[]): number[] {
  const found = new Set(wanted);
  for (let id = nodes.length - 1; id >= 0; id--) {
    if (found.has(id) && !given.has(id)) for (const arg of nodes[id]!.args) found.add(arg);
  }
  return [...found].sort((a, b) => a - b);
}
