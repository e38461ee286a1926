import { plain, type Field } from './schema.js';
import { isUnion, type Schema } from './skipper.js';

/** Codes of the steps of a program. */
export const [NULL, BOOLEAN, LONG, FLOAT, DOUBLE, UNION, SKIP, PASS, OTHER] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;

/** What is done with an event of a file, in the order of its bytes: flat arrays, one entry a step. */
export interface Program {
  readonly code: Uint8Array;
  /** Bytes to pass over. */
  readonly bytes: Float64Array;
  /** 1 where the step's column holds singles. */
  readonly single: Uint8Array;
  /** Codes of a union's branches. */
  readonly branches: readonly Uint8Array[];
  readonly fields: readonly Field[];
}

const codes = new Map<string, number>([
  ['null', NULL],
  ['boolean', BOOLEAN],
  ['int', LONG],
  ['long', LONG],
  ['float', FLOAT],
  ['double', DOUBLE],
]);

function nameOf(schema: Schema): string {
  const type = plain(schema);
  return typeof type === 'string' ? type : '';
}

const codeOf = (schema: Schema): number => codes.get(nameOf(schema)) ?? OTHER;

const sizes = new Map<number, number>([
  [NULL, 0],
  [BOOLEAN, 1],
  [FLOAT, 4],
  [DOUBLE, 8],
]);

interface Step {
  readonly code: number;
  readonly bytes: number;
  readonly branches: Uint8Array;
  readonly field: Field;
}

function stepOf(field: Field, wanted: boolean): Step {
  const code = codeOf(field.schema);
  const step = { code, bytes: sizes.get(code) ?? NaN, branches: new Uint8Array(0), field };
  if (!wanted) return { ...step, code: Number.isNaN(step.bytes) ? PASS : SKIP };
  const branches = isUnion(field.schema) ? Uint8Array.from(field.schema, codeOf) : undefined;
  return branches === undefined || branches.includes(OTHER) ? step : { ...step, code: UNION, branches };
}

/** The program that reads the wanted fields; passing over neighbours of known size is one step. */
export function programOf(fields: readonly Field[], wanted: ReadonlySet<string>): Program {
  const steps: Step[] = [];
  for (const field of fields) {
    const step = stepOf(field, wanted.has(field.name));
    const last = steps.at(-1);
    if (step.code === SKIP && last?.code === SKIP)
      steps[steps.length - 1] = { ...last, bytes: last.bytes + step.bytes };
    else steps.push(step);
  }
  return {
    code: Uint8Array.from(steps, ({ code }) => code),
    bytes: Float64Array.from(steps, ({ bytes }) => bytes),
    single: Uint8Array.from(steps, ({ field }) => Number(field.float32)),
    branches: steps.map(({ branches }) => branches),
    fields: steps.map(({ field }) => field),
  };
}
