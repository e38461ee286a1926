import { wrongSample } from '../../../operators/problem.js';
import type { AvroSchema, Canonical } from './schema.js';

const primitives = new Set(['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string']);
const deepest = 100;

/** What is known on the way down: the names so far, the enclosing namespace, and how to refuse. */
interface Place {
  readonly names: Set<string>;
  readonly space: string;
  readonly depth: number;
  readonly wrong: (what: string) => Error;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const full = (name: string, space: string): string => (name.includes('.') || space === '' ? name : `${space}.${name}`);

/** The full name that a declaration gives, and the namespace within it. */
function declared(schema: Json, place: Place): { name: string; inner: Place } {
  const { name, namespace } = schema;
  if (typeof name !== 'string' || !/^[A-Za-z_][\w.]*$/.test(name)) {
    throw place.wrong(`a ${String(schema['type'])} has no proper name`);
  }
  const whole = full(name, typeof namespace === 'string' ? namespace : place.space);
  if (place.names.has(whole)) throw place.wrong(`'${whole}' is declared twice`);
  place.names.add(whole);
  return { name: whole, inner: { ...place, space: whole.slice(0, Math.max(0, whole.lastIndexOf('.'))) } };
}

function record(schema: Json, place: Place): Canonical {
  const { name, inner } = declared(schema, place);
  if (!Array.isArray(schema['fields'])) throw place.wrong(`record '${name}' has no fields`);
  const seen = new Set<string>();
  const fields = schema['fields'].map((field: unknown, i) => {
    const its = isObject(field) ? field['name'] : undefined;
    if (!isObject(field) || typeof its !== 'string') throw place.wrong(`field ${i} of '${name}' has no name`);
    if (seen.has(its)) throw place.wrong(`field '${its}' of '${name}' is declared twice`);
    seen.add(its);
    return { name: its, type: within(field['type'], inner) };
  });
  return { name, type: 'record', fields };
}

function named(name: string, { names, space, wrong }: Place): string {
  if (primitives.has(name)) return name;
  const found = [full(name, space), name].find((each) => names.has(each));
  if (found === undefined) throw wrong(`type '${name.slice(0, 100)}' is not declared`);
  return found;
}

function within(schema: unknown, outer: Place): Canonical {
  const place = { ...outer, depth: outer.depth + 1 };
  if (place.depth > deepest) throw place.wrong(`it is nested more than ${deepest} deep`);
  if (typeof schema === 'string') return named(schema, place);
  if (Array.isArray(schema)) return schema.map((each: unknown) => within(each, place));
  if (!isObject(schema)) throw place.wrong('a type is neither a name, nor a union, nor a declaration');
  switch (schema['type']) {
    case 'record':
      return record(schema, place);
    case 'enum': {
      const { name } = declared(schema, place);
      const symbols: unknown = schema['symbols'];
      if (!Array.isArray(symbols) || !symbols.every((each): each is string => typeof each === 'string')) {
        throw place.wrong(`enum '${name}' has no symbols`);
      }
      return { name, type: 'enum', symbols };
    }
    case 'fixed': {
      const { name } = declared(schema, place);
      const size = schema['size'];
      if (!Number.isSafeInteger(size) || Number(size) < 0) throw place.wrong(`fixed '${name}' has no proper size`);
      return { name, type: 'fixed', size: Number(size) };
    }
    case 'array':
      return { type: 'array', items: within(schema['items'], place) };
    case 'map':
      return { type: 'map', values: within(schema['values'], place) };
    default:
      return within(schema['type'], place);
  }
}

/** A schema with full names, and without all that plays no part in reading. Throws a Problem (3) if it is no schema. */
export function canonical(schema: AvroSchema): Canonical {
  const name = isObject(schema) && typeof schema['name'] === 'string' ? ` '${schema['name'].slice(0, 100)}'` : '';
  const wrong = (what: string): Error => wrongSample(`Avro schema${name} is not valid: ${what}; mend the schema`);
  return within(schema, { names: new Set(), space: '', depth: 0, wrong });
}

/**
 * The Parsing Canonical Form: the text that is equal for any two schemas under which the same bytes are read alike
 * (Avro 1.12 specification, "Parsing Canonical Form for Schemas").
 */
export const canonicalForm = (schema: AvroSchema): string => JSON.stringify(canonical(schema));
