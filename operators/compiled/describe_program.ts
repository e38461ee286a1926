import { lower } from '../expressions/lower.js';
import type { Formula } from '../expressions/formula.js';
import type { Precision } from '../expressions/precision.js';
import { emit } from './emit.js';
import { isAlways } from './lanes.js';
import { planProgram } from './plan_program.js';

/** What becomes of formulas when they are compiled. */
export interface ProgramDescription {
  /** Formulas that the module computes. */
  readonly compiled: number;
  readonly instructions: number;
  readonly bytes: number;
  /** What it asks the plain functions for: for each event, or where `rarely` for arguments beyond their usual range. */
  readonly always: readonly string[];
  readonly rarely: readonly string[];
  /** Names that the plain loops give: columns, constants and what lists are reduced to; all, where `tooLarge`. */
  readonly plain: readonly string[];
  readonly tooLarge: boolean;
}

/** The compiler's plan in numbers, for columns of that precision. */
export function describeProgram(
  definitions: ReadonlyMap<string, Formula>,
  order: readonly string[],
  outputs: readonly string[],
  isList: (column: string) => boolean,
  precision: Precision = 'f64',
): ProgramDescription {
  const { nodes, results } = lower(definitions, order, outputs, isList, precision);
  const wanted = new Map(outputs.map((name) => [name, results.get(name)!]));
  const { computed, program, columns, lanes, tooLarge } = planProgram(nodes, wanted, precision);
  const stored = columns.map(() => precision);
  const asked = (every: boolean): string[] => [
    ...new Set(
      program.all.flatMap((one) => (one.kind === 'patch' && isAlways(program, one) === every ? [one.fn] : [])),
    ),
  ];
  return {
    compiled: tooLarge ? 0 : computed.size,
    ...{ instructions: program.all.length, bytes: tooLarge ? 0 : emit(program, stored, lanes).bytes.length },
    ...{ always: asked(true), rarely: asked(false) },
    plain: tooLarge ? outputs : outputs.filter((name) => !computed.has(name)),
    tooLarge,
  };
}
