import { resolve, type NeededField, type Step, type Stored } from './resolve.js';
import type { AvroSchema } from './schema.js';
import type { Pass } from './skip.js';

/** Codes of the steps of a program. */
export const [NULL, BOOLEAN, INT, LONG, FLOAT, DOUBLE, UNION, SKIP, PASS, FILL] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
] as const;

/** A plan in flat arrays, one entry a step. */
export interface Program {
  readonly code: Uint8Array;
  /** Column that the step fills. */
  readonly target: Int32Array;
  /** Bytes to pass over, or the value to fill in. */
  readonly number: Float64Array;
  /** Codes of a union's branches. */
  readonly branches: readonly Uint8Array[];
  readonly pass: readonly (Pass | undefined)[];
}

const codes: Readonly<Record<Stored, number>> = {
  null: NULL,
  boolean: BOOLEAN,
  int: INT,
  long: LONG,
  float: FLOAT,
  double: DOUBLE,
};

function codeOf(step: Step): number {
  if ('read' in step) return codes[step.read];
  if ('branches' in step) return UNION;
  if ('skip' in step) return SKIP;
  return 'pass' in step ? PASS : FILL;
}

/** Passing over neighbours of known size is one step. */
function joined(steps: readonly Step[]): Step[] {
  const all: Step[] = [];
  for (const step of steps) {
    const last = all.at(-1);
    if ('skip' in step && last && 'skip' in last) all[all.length - 1] = { skip: last.skip + step.skip };
    else all.push(step);
  }
  return all;
}

/** The program that reads what is needed of the writer's events. Throws a Problem (3) as `resolve` does. */
export function programOf(writer: AvroSchema, needed: readonly NeededField[]): Program {
  const steps = joined(resolve(writer, needed).steps);
  return {
    code: Uint8Array.from(steps, codeOf),
    target: Int32Array.from(steps, (step) => ('column' in step ? step.column : -1)),
    number: Float64Array.from(steps, (step) => ('skip' in step ? step.skip : 'fill' in step ? step.fill : 0)),
    branches: steps.map((step) => Uint8Array.from('branches' in step ? step.branches : [], (each) => codes[each])),
    pass: steps.map((step) => ('pass' in step ? step.pass : undefined)),
  };
}
