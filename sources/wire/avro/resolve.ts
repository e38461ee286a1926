import { closest } from 'fastest-levenshtein';
import { wrongSample } from '../../../operators/problem.js';
import type { WireField } from '../types.js';
import { canonical } from './canonical_form.js';
import { isUnion, type AvroSchema, type Canonical } from './schema.js';
import { skipOf, type Pass, type Skip } from './skip.js';

/** A number that the pipeline needs of an event. */
export interface NeededField extends WireField {
  /** Other names under which a writer may have it (Avro's field aliases). */
  readonly aliases?: readonly string[];
  /** Its value where the writer has no such field. */
  readonly default?: number;
}

/** The needed fields but for the optional ones that a schema with these names lacks. */
export const presentIn = (needed: readonly NeededField[], names: readonly string[]): NeededField[] =>
  needed.filter(
    ({ name, aliases = [], optional, default: fill }) =>
      optional !== true || fill !== undefined || [name, ...aliases].some((each) => names.includes(each)),
  );

/** What one value is stored as. */
export type Stored = 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double';

/** One thing to do, in the order of the bytes; `column` counts the needed fields. */
export type Step =
  | { readonly read: Stored; readonly column: number }
  | { readonly branches: readonly Stored[]; readonly column: number }
  | { readonly skip: number }
  | { readonly pass: Pass }
  | { readonly fill: number; readonly column: number };

/** How the events of one writer's schema become columns. */
export interface Plan {
  /** Full name of the writer's record. */
  readonly name: string;
  readonly steps: readonly Step[];
}

/** What each stored type may be read as (Avro 1.12, "Schema Resolution"); a boolean is 0 or 1, as in sample files. */
const promotions: Readonly<Record<string, readonly string[]>> = {
  boolean: ['int', 'long', 'float', 'double'],
  int: ['int', 'long', 'float', 'double'],
  long: ['long', 'float', 'double'],
  float: ['float', 'double'],
  double: ['double'],
};

const shown = (type: Canonical): string =>
  isUnion(type) ? type.map(shown).join(' or ') : typeof type === 'string' ? type : type.type;

/** How the writer's type gives a number of the needed type, or undefined if it does not. A null gives NaN. */
function reading(type: Canonical, needed: string, column: number): Step | undefined {
  const fits = (each: Canonical): each is Stored =>
    typeof each === 'string' && (promotions[each]?.includes(needed) ?? false);
  if (fits(type)) return { read: type, column };
  if (!isUnion(type) || type.length === 0) return undefined;
  const branches = type.filter((each): each is Stored => each === 'null' || fits(each));
  return branches.length === type.length && branches.some((each) => each !== 'null') ? { branches, column } : undefined;
}

function skipStep({ bytes, pass }: Skip): Step {
  return bytes === undefined ? { pass } : { skip: bytes };
}

/**
 * The plan by which events of the writer's schema give the needed columns. Fields that are not needed are passed over;
 * int → long → float → double are promoted. Throws a Problem (3) if a needed field is missing without a default, or is
 * stored in a type that the needed one does not hold.
 */
export function resolve(writer: AvroSchema, needed: readonly NeededField[]): Plan {
  const record = canonical(writer);
  if (typeof record === 'string' || isUnion(record) || record.type !== 'record') {
    throw wrongSample(`Avro schema is ${shown(record)}, not a record: write each event as a record`);
  }
  const { name, fields } = record;
  const names = fields.map((field) => field.name);
  const from = needed.map((field) => [field.name, ...(field.aliases ?? [])].find((each) => names.includes(each)));
  const missing: Step[] = [];
  for (const [column, field] of needed.entries()) {
    if (from[column] !== undefined) continue;
    if (field.default === undefined) {
      const nearest = names.length === 0 ? '' : ` (nearest '${closest(field.name, names)}')`;
      const what = `has no field '${field.name}'${nearest}, which the pipeline needs`;
      throw wrongSample(`Avro schema '${name}' ${what}: write the field as ${field.type}`);
    }
    missing.push({ fill: field.default, column });
  }
  const named = new Map<string, Skip>();
  const steps = fields.map((field): Step => {
    const passed = skipStep(skipOf(field.type, named));
    const column = from.indexOf(field.name);
    if (column < 0) return passed;
    const { type } = needed[column]!;
    const step = reading(field.type, type, column);
    if (step) return step;
    const what = `stores field '${field.name}' as ${shown(field.type)}, but the pipeline needs ${type}`;
    throw wrongSample(`Avro schema '${name}' ${what}: write it as ${type}`);
  });
  return { name, steps: [...steps, ...missing] };
}
