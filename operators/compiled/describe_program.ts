import { lower } from '../expressions/lower.js';
import type { Formula } from '../expressions/formula.js';
import { emit } from './emit.js';
import { divide, MOST_INSTRUCTIONS } from './compile_nodes.js';
import { lowerToLanes } from './lower.js';

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

/** The compiler's plan in numbers, for columns of doubles. */
export function describeProgram(
  definitions: ReadonlyMap<string, Formula>,
  order: readonly string[],
  outputs: readonly string[],
  isList: (column: string) => boolean,
): ProgramDescription {
  const { nodes, results } = lower(definitions, order, outputs, isList);
  const wanted = new Map(outputs.map((name) => [name, results.get(name)!]));
  const { computed, given } = divide(nodes, wanted);
  const { program, columns, outputs: lanes } = lowerToLanes(nodes, given, [...new Set(computed.values())]);
  const tooLarge = program.all.length > MOST_INSTRUCTIONS;
  const { bytes } = tooLarge
    ? { bytes: [] }
    : emit(
        program,
        columns.map(() => 'f64' as const),
        lanes,
      );
  const asked = (always: boolean): string[] => [
    ...new Set(
      program.all.flatMap((one) => {
        if (one.kind !== 'patch') return [];
        return (program.all[one.args[1]!]!.kind === 'constant') === always ? [one.fn] : [];
      }),
    ),
  ];
  return {
    compiled: tooLarge ? 0 : computed.size,
    ...{ instructions: program.all.length, bytes: bytes.length },
    ...{ always: asked(true), rarely: asked(false) },
    plain: tooLarge ? outputs : outputs.filter((name) => !computed.has(name)),
    tooLarge,
  };
}
