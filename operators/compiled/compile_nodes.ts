import type { Column, NumberColumn } from '../batch.js';
import { demandLength, layOut, type Evaluator } from '../expressions/lay_out.js';
import type { Node } from '../expressions/nodes.js';
import type { Precision } from '../expressions/precision.js';
import { emit } from './emit.js';
import type { Stored } from './emit_load.js';
import { givenName, planProgram } from './plan_program.js';
import { instantiate, type Compiled } from './run.js';
import { whyNotHere } from './why_not_here.js';

/** So many events cost the plain loops about what compiling costs. */
const WORTH_IT = 32_768;

/**
 * Nodes evaluated by one function of SIMD instructions, and by the plain loops what is not for it: lists with what they
 * are reduced to, and outputs that are columns or constants. The module is made for the types of the columns that come.
 */
export function compileNodes(
  nodes: readonly Node[],
  outputs: ReadonlyMap<string, number>,
  precision: Precision,
): Evaluator {
  const { computed, rest, program, columns, lanes, tooLarge } = planProgram(nodes, outputs, precision);
  if (computed.size === 0 || tooLarge) return layOut(nodes, outputs, precision);
  const plain = layOut(nodes, rest, precision);
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
      [...outputs.keys()].map((name) => {
        const lane = computed.get(name);
        return [name, lane === undefined ? before.get(name)! : after[lane]!];
      }),
    );
  };
}

/**
 * The plain loops, until so many events have come that compiling is cheaper than to go on so; they stay where a module
 * cannot be made, or has no more memory.
 */
export function compileWhenWorthIt(
  nodes: readonly Node[],
  outputs: ReadonlyMap<string, number>,
  precision: Precision,
): Evaluator {
  let evaluate = layOut(nodes, outputs, precision);
  let events = 0;
  return (batch, n) => {
    const isTime = events < WORTH_IT && events + n >= WORTH_IT;
    events += n;
    if (isTime && whyNotHere() === null) evaluate = compileNodes(nodes, outputs, precision);
    try {
      return evaluate(batch, n);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      evaluate = layOut(nodes, outputs, precision);
      return evaluate(batch, n);
    }
  };
}

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
