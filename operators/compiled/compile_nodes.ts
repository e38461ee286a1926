import type { Column, NumberColumn } from '../batch.js';
import { demandLength, layOut, type Evaluator } from '../expressions/lay_out.js';
import type { Node } from '../expressions/nodes.js';
import { emit, type Stored } from './emit.js';
import { lowerToLanes, needed } from './lower.js';
import { instantiate, type Compiled } from './run.js';
import { whyNotHere } from './why_not_here.js';

/** Instructions of a program at most: V8 takes functions of 7.6 MB, and compiles large ones slowly. */
export const MOST_INSTRUCTIONS = 20_000;
/** So many events cost the plain loops about what compiling costs. */
const WORTH_IT = 32_768;

/**
 * Nodes evaluated by one function of SIMD instructions, and by the plain loops what is not for it: lists with what they
 * are reduced to, and outputs that are columns or constants. The module is made for the types of the columns that come.
 */
export function compileNodes(nodes: readonly Node[], outputs: ReadonlyMap<string, number>): Evaluator {
  const { computed, given, rest } = divide(nodes, outputs);
  const { program, columns, outputs: lanes } = lowerToLanes(nodes, given, [...new Set(computed.values())]);
  if (computed.size === 0 || program.all.length > MOST_INSTRUCTIONS) return layOut(nodes, outputs);
  const plain = layOut(nodes, rest);
  const at = new Map([...new Set(computed.values())].map((id, i) => [id, i]));
  const modules = new Map<string, Compiled>();
  return (batch, n) => {
    const before = plain(batch, n);
    const numbers = columns.map((id) => columnOf(nodes[id]!, id, batch, before, n));
    const stored = numbers.map((column): Stored => (column instanceof Float32Array ? 'f32' : 'f64'));
    const key = stored.join();
    const module = modules.get(key) ?? instantiate(emit(program, stored, lanes), stored, lanes.length);
    modules.set(key, module);
    const after = module.run(numbers, n);
    return new Map(
      [...outputs].map(([name, id]) => [name, computed.has(name) ? after[at.get(id)!]! : before.get(name)!]),
    );
  };
}

/**
 * The plain loops, until so many events have come that compiling is cheaper than to go on so; they stay where a module
 * cannot be made, or has no more memory.
 */
export function compileWhenWorthIt(nodes: readonly Node[], outputs: ReadonlyMap<string, number>): Evaluator {
  let plain: Evaluator | null = layOut(nodes, outputs);
  let compiled: Evaluator | null = null;
  let events = 0;
  return (batch, n) => {
    const isTime = events < WORTH_IT && events + n >= WORTH_IT;
    events += n;
    if (isTime && whyNotHere() === null) {
      compiled = compileNodes(nodes, outputs);
      plain = null;
    }
    try {
      if (compiled) return compiled(batch, n);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      compiled = null;
    }
    plain ??= layOut(nodes, outputs);
    return plain(batch, n);
  };
}

/** Outputs that are computed from numbers, the nodes whose values are given for that, and what the plain loops give. */
export function divide(nodes: readonly Node[], outputs: ReadonlyMap<string, number>) {
  const isComputed = (id: number): boolean => nodes[id]!.kind === 'elementwise' && !nodes[id]!.list;
  const computed = new Map([...outputs].filter(([, id]) => isComputed(id)));
  const given = new Set(nodes.flatMap(({ kind }, id) => (kind === 'elementwise' || kind === 'constant' ? [] : [id])));
  const reduced = needed(nodes, given, [...computed.values()]).filter(
    (id) => given.has(id) && nodes[id]!.kind !== 'column',
  );
  const rest = new Map([
    ...[...outputs].filter(([name]) => !computed.has(name)),
    ...reduced.map((id): [string, number] => [givenName(id), id]),
  ]);
  return { computed, given, rest };
}

/** As no output is named. */
const givenName = (id: number): string => `node ${id}`;

function columnOf(
  node: Node,
  id: number,
  batch: ReadonlyMap<string, Column>,
  before: ReadonlyMap<string, Float64Array>,
  n: number,
): NumberColumn {
  if (node.kind !== 'column') return before.get(givenName(id))!;
  const column = batch.get(node.name) as NumberColumn;
  demandLength(node.name, column, n);
  return column;
}
