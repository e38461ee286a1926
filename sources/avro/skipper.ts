import { items, long, skip, type Cursor } from './cursor.js';

/** What an Avro schema says of one value. */
export type Schema = string | readonly Schema[] | NamedSchema;

export interface NamedSchema {
  readonly type: Schema;
  readonly name?: string;
  readonly namespace?: string;
  readonly items?: Schema;
  readonly values?: Schema;
  readonly size?: number;
  readonly fields?: readonly { readonly name: string; readonly type: Schema }[];
}

export type Skip = (cursor: Cursor) => void;

const skips: Readonly<Record<string, Skip>> = {
  null: () => undefined,
  boolean: (cursor) => {
    skip(cursor, 1);
  },
  float: (cursor) => {
    skip(cursor, 4);
  },
  double: (cursor) => {
    skip(cursor, 8);
  },
  int: long,
  long,
  enum: long,
  bytes: (cursor) => {
    skip(cursor, long(cursor));
  },
  string: (cursor) => {
    skip(cursor, long(cursor));
  },
};

export const isNamed = (schema: Schema): schema is NamedSchema => typeof schema === 'object' && !Array.isArray(schema);
export const isUnion = (schema: Schema): schema is readonly Schema[] => Array.isArray(schema);

/** The branch of a union that a value holds. */
export function branch<T>(cursor: Cursor, branches: readonly T[]): T {
  const index = long(cursor);
  const found = branches[index];
  if (found === undefined) throw new Error(`a union has no branch ${index}`);
  return found;
}

function skipItems(cursor: Cursor, each: Skip): void {
  for (;;) {
    const { count, bytes } = items(cursor);
    if (count === 0) return;
    if (bytes !== undefined) skip(cursor, bytes);
    else for (let i = 0; i < count; i++) each(cursor);
  }
}

/** How a value is passed over; `named` are the types that the schema has named so far, `space` its namespace. */
export function skipper(schema: Schema, named: Map<string, Skip>, space: string): Skip {
  if (isUnion(schema)) {
    const branches = schema.map((each) => skipper(each, named, space));
    return (cursor) => {
      branch(cursor, branches)(cursor);
    };
  }
  if (!isNamed(schema)) {
    const known = skips[schema] ?? named.get(schema) ?? named.get(`${space}.${schema}`);
    if (known === undefined) throw new Error(`the schema names an unknown type '${schema}'`);
    return known;
  }
  const inner = schema.namespace ?? space;
  // Set before the fields are looked at: a record may hold itself.
  const name = (to: Skip): void => {
    if (schema.name === undefined) return;
    named.set(schema.name, to);
    named.set(`${inner}.${schema.name}`, to);
  };
  switch (schema.type) {
    case 'record':
    case 'error': {
      const fields: Skip[] = [];
      const all: Skip = (cursor) => {
        for (const each of fields) each(cursor);
      };
      name(all);
      for (const { type } of schema.fields ?? []) fields.push(skipper(type, named, inner));
      return all;
    }
    case 'fixed': {
      const to: Skip = (cursor) => {
        skip(cursor, schema.size ?? NaN);
      };
      name(to);
      return to;
    }
    case 'enum':
      name(long);
      return long;
    case 'array': {
      const each = skipper(schema.items ?? '', named, inner);
      return (cursor) => {
        skipItems(cursor, each);
      };
    }
    case 'map': {
      const each = skipper(schema.values ?? '', named, inner);
      const entry: Skip = (cursor) => {
        skip(cursor, long(cursor));
        each(cursor);
      };
      return (cursor) => {
        skipItems(cursor, entry);
      };
    }
    default:
      return skipper(schema.type, named, inner);
  }
}
