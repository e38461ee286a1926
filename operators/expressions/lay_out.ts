import { isList, type Column, type NumberColumn } from '../batch.js';
import { wrongPipeline, wrongSample } from '../problem.js';
import { inPrecision, loadList, overLists, spoil, type Lists, type Room } from './lists.js';
import { columnOperand, scalarOperand, type Numbers, type Operand } from './loop.js';
import { loopOf, reductionOf, type Node } from './nodes.js';
import { COLUMNS, type Precision } from './precision.js';
import { elements } from './reductions.js';
import { schedule } from './registers.js';

/** Evaluates the formulas it was compiled from for `length` events. The arrays are valid until the next call. */
export type Evaluator = (columns: ReadonlyMap<string, Column>, length: number) => ReadonlyMap<string, Float64Array>;

/**
 * One loop over whole columns for each node, in registers: buffers of that precision, which round what is written into
 * them, grow on demand and are used again.
 */
export function layOut(nodes: readonly Node[], outputs: ReadonlyMap<string, number>, precision: Precision): Evaluator {
  for (const [name, id] of outputs) {
    if (nodes[id]!.list)
      throw wrongPipeline(`define ${name}: gives a list, reduce it with sum, count, min, max or [0]`);
  }
  const { steps, register, registers } = schedule(nodes, outputs.values());
  const numberRooms = Array.from({ length: registers }, () => buffer(precision));
  const listRooms = nodes.map(() => buffer(precision));
  const outputRooms = new Map([...outputs.keys()].map((name) => [name, buffer('f64')]));
  const values: (Operand | Lists)[] = [];
  nodes.forEach((node, id) => {
    if (node.kind === 'constant') values[id] = scalarOperand(node.value);
  });

  return (columns, n) => {
    for (const id of steps) {
      const node = nodes[id]!;
      values[id] = evaluate(
        node,
        precision,
        values,
        columns,
        n,
        node.list ? listRooms[id]! : numberRooms[register[id]!]!,
      );
    }
    const results = new Map<string, Float64Array>();
    for (const [name, id] of outputs) {
      const node = nodes[id]!;
      const room = outputRooms.get(name)!;
      const column = node.kind === 'constant' ? room(n).fill(node.value) : asDoubles(values[id]!.values, n, room);
      results.set(name, column.length === n ? column : column.subarray(0, n));
    }
    return results;
  };
}

function asDoubles(column: Numbers, n: number, room: (length: number) => Float64Array): Float64Array {
  if (column instanceof Float64Array) return column;
  const doubles = room(n);
  doubles.set(column.length === n ? column : column.subarray(0, n));
  return doubles;
}

function evaluate(
  node: Node,
  precision: Precision,
  values: readonly (Operand | Lists)[],
  columns: ReadonlyMap<string, Column>,
  n: number,
  room: Room,
): Operand | Lists {
  const args = node.args.map((arg) => values[arg]!);
  switch (node.kind) {
    case 'constant':
      return scalarOperand(node.value);
    case 'column': {
      const column = columns.get(node.name)!;
      return isList(column) ? loadList(node.name, column, n, room) : loadNumbers(node.name, column, n, room);
    }
    case 'elementwise': {
      const loop = loopOf(node.op, precision);
      if (node.list) return overLists(loop, args, n, room);
      const out = room(n);
      loop(out, n, ...(args as Operand[]));
      return columnOperand(out);
    }
    case 'reduce':
    case 'element': {
      const lists = args[0] as Lists;
      const out = room(n);
      if (node.kind === 'reduce') reductionOf(node.op)(out, n, lists.values, lists.offsets);
      else elements(out, n, lists.values, lists.offsets, node.index);
      spoil(out, lists);
      return columnOperand(out);
    }
  }
}

function loadNumbers(name: string, column: NumberColumn, n: number, room: Room): Operand {
  demandLength(name, column, n);
  return columnOperand(inPrecision(column.length === n ? column : column.subarray(0, n), room(n)));
}

export function demandLength(name: string, { length }: NumberColumn, n: number): void {
  if (length < n) throw wrongSample(`column '${name}' has ${length} values for ${n} events`);
}

function buffer<P extends Precision>(precision: P): (length: number) => InstanceType<(typeof COLUMNS)[P]> {
  let array = new COLUMNS[precision](0) as InstanceType<(typeof COLUMNS)[P]>;
  return (length) => {
    if (array.length < length) array = new COLUMNS[precision](length) as typeof array;
    return array;
  };
}
