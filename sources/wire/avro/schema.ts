import { messageOf, wrongSample } from '../../../operators/problem.js';

/** An Avro schema as its JSON says it (Avro 1.12 specification, "Schema Declaration"); nothing of it is checked yet. */
export type AvroSchema = string | readonly AvroSchema[] | AvroDeclaration;

export interface AvroDeclaration {
  readonly type: AvroSchema;
  readonly name?: string;
  readonly namespace?: string;
  readonly doc?: string;
  readonly fields?: readonly AvroField[];
  readonly symbols?: readonly string[];
  readonly items?: AvroSchema;
  readonly values?: AvroSchema;
  readonly size?: number;
  readonly logicalType?: string;
}

export interface AvroField {
  readonly name: string;
  readonly type: AvroSchema;
  readonly doc?: string;
  readonly default?: unknown;
  readonly aliases?: readonly string[];
}

/** A schema of full names and bare primitives, all of it checked: what the Parsing Canonical Form keeps. */
export type Canonical = string | readonly Canonical[] | Record_ | Enum | Fixed | List | Dictionary;

export interface Record_ {
  readonly name: string;
  readonly type: 'record';
  readonly fields: readonly { readonly name: string; readonly type: Canonical }[];
}
interface Enum {
  readonly name: string;
  readonly type: 'enum';
  readonly symbols: readonly string[];
}
interface Fixed {
  readonly name: string;
  readonly type: 'fixed';
  readonly size: number;
}
interface List {
  readonly type: 'array';
  readonly items: Canonical;
}
interface Dictionary {
  readonly type: 'map';
  readonly values: Canonical;
}

export const isUnion = (schema: Canonical): schema is readonly Canonical[] => Array.isArray(schema);

/** The schema that a text holds; `where` names the text (a file, a registry's id). Throws a Problem (3) if it is no JSON. */
export function parseSchema(text: string, where: string): AvroSchema {
  try {
    return JSON.parse(text) as AvroSchema;
  } catch (thrown) {
    throw wrongSample(`Avro schema of ${where} is not JSON (${messageOf(thrown)}): give an Avro schema`, thrown);
  }
}
