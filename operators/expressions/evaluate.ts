import { isList } from '../batch.js';
import { compileNodes, compileWhenWorthIt } from '../compiled/compile_nodes.js';
import { wrongSample } from '../problem.js';
import { namesIn, type Formula } from './formula.js';
import { layOut, type Evaluator } from './lay_out.js';
import { lower } from './lower.js';
import type { Precision } from './precision.js';

export type { Evaluator } from './lay_out.js';

/** plain: a loop for each operation; compiled: one SIMD loop; auto: plain until there are enough events to be worth it. */
export type EvaluatedBy = 'plain' | 'compiled' | 'auto';

const evaluators = { plain: layOut, compiled: compileNodes, auto: compileWhenWorthIt } as const;

/**
 * Compiles definitions that plan() has put in order (and so type-checked), common parts once: into loops over whole columns,
 * one for each operation, or into one loop of SIMD instructions (operators/compiled), with the same bits. Outputs are
 * definitions or columns that give a number or a truth value (0 or 1), as doubles.
 * f32: columns, constants and the result of every operation and function are rounded to singles; a sum over a list once.
 * NaN: arithmetic as IEEE 754, comparisons false; `where` takes nothing from the side it does not choose.
 * No events give empty arrays. Throws a Problem for a column that is missing, too short, or a list where a number is
 * needed. Whether a column is a list is known from the first batch on, so that is also when the work is laid out.
 */
export function compile(
  definitions: ReadonlyMap<string, Formula>,
  order: readonly string[],
  outputs: readonly string[],
  by: EvaluatedBy = 'auto',
  precision: Precision = 'f64',
): Evaluator {
  const names = new Set(outputs);
  for (const name of order) {
    const f = definitions.get(name);
    if (f !== undefined) namesIn(f, names);
  }
  for (const name of order) names.delete(name);
  let laidOut: { readonly lists: string; readonly run: Evaluator } | undefined;
  return (columns, length) => {
    const isListName = (name: string): boolean => {
      const column = columns.get(name);
      if (column === undefined) throw wrongSample(`column '${name}' is missing from the batch`);
      return isList(column);
    };
    const lists = [...names].filter(isListName).join('\n');
    if (laidOut?.lists !== lists) {
      const { nodes, results } = lower(definitions, order, outputs, isListName, precision);
      const wanted = new Map(outputs.map((name) => [name, results.get(name)!]));
      laidOut = { lists, run: evaluators[by](nodes, wanted, precision) };
    }
    return laidOut.run(columns, length);
  };
}
