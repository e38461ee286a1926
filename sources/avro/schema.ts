import { boolean, double, float, items, long, skip, type Cursor } from './cursor.js';

/** What an Avro schema says of one value. */
export type Schema = string | readonly Schema[] | NamedSchema;

interface NamedSchema {
  readonly type: Schema;
  readonly name?: string;
  readonly namespace?: string;
  readonly items?: Schema;
  readonly values?: Schema;
  readonly size?: number;
  readonly fields?: readonly { readonly name: string; readonly type: Schema }[];
}

export interface Field {
  readonly name: string;
  readonly skip: (cursor: Cursor) => void;
  /** Reads the value, or an item of the list; undefined if the field holds no numbers. */
  readonly number?: (cursor: Cursor) => number;
  /** 'nullable': a null list is empty; its branch that is the list is given. */
  readonly list?: { readonly branch?: number };
  readonly float32: boolean;
  readonly type: string;
}

type Read = (cursor: Cursor) => number;
type Skip = (cursor: Cursor) => void;

const numbers: Readonly<Record<string, Read>> = { int: long, long, float, double, boolean };

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

const isNamed = (schema: Schema): schema is NamedSchema => typeof schema === 'object' && !Array.isArray(schema);
const isUnion = (schema: Schema): schema is readonly Schema[] => Array.isArray(schema);

/** `{ "type": "double" }` is "double", also where a logical type stands beside it. */
const plain = (schema: Schema): Schema =>
  isNamed(schema) && !['record', 'error', 'enum', 'fixed', 'array', 'map'].includes(schema.type as string)
    ? plain(schema.type)
    : schema;

const nameOf = (schema: Schema): string =>
  isUnion(schema) ? schema.map(nameOf).join(' or ') : typeof schema === 'string' ? schema : nameOf(schema.type);

function branch<T>(cursor: Cursor, branches: readonly T[]): T {
  const index = long(cursor);
  const found = branches[index];
  if (found === undefined) throw new Error(`a union has no branch ${index}`);
  return found;
}

/** How numbers are read: plain, or a union of numbers and null (NaN). Undefined if the schema holds anything else. */
function numberReader(schema: Schema): Read | undefined {
  const type = plain(schema);
  if (typeof type === 'string') return numbers[type];
  if (!isUnion(type)) return undefined;
  const branches = type.map((each): Read | undefined => (plain(each) === 'null' ? () => NaN : numberReader(each)));
  if (branches.includes(undefined) || type.every((each) => plain(each) === 'null')) return undefined;
  return (cursor) => branch(cursor, branches as Read[])(cursor);
}

function skipItems(cursor: Cursor, each: Skip): void {
  for (;;) {
    const { count, bytes } = items(cursor);
    if (count === 0) return;
    if (bytes !== undefined) skip(cursor, bytes);
    else for (let i = 0; i < count; i++) each(cursor);
  }
}

function skipper(schema: Schema, named: Map<string, Skip>, space: string): Skip {
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

function arrayItems(schema: Schema): Schema | undefined {
  return isNamed(schema) && schema.type === 'array' ? schema.items : undefined;
}

const isFloat = (schema: Schema): boolean => {
  const type = plain(schema);
  return isUnion(type) ? type.every((each) => plain(each) === 'null' || isFloat(each)) : type === 'float';
};

/** The fields of the record that the file holds, in the order in which each event stores them. */
export function fieldsOf(schema: Schema): Field[] {
  const record = plain(schema);
  if (!isNamed(record) || record.type !== 'record') throw new Error(`it holds ${nameOf(record)}, not records`);
  const named = new Map<string, Skip>();
  return (record.fields ?? []).map(({ name, type }) => {
    const shared = { name, skip: skipper(type, named, record.namespace ?? ''), type: nameOf(plain(type)) };
    const number = numberReader(type);
    if (number) return { ...shared, number, float32: isFloat(type) };
    const union = isUnion(type) && type.length === 2 && type.some((each) => plain(each) === 'null') ? type : undefined;
    const at = union?.findIndex((each) => plain(each) !== 'null');
    const element = arrayItems(plain(at === undefined ? type : union![at]!));
    const item = element === undefined ? undefined : numberReader(element);
    if (element === undefined || item === undefined) return { ...shared, float32: false };
    return { ...shared, number: item, list: at === undefined ? {} : { branch: at }, float32: isFloat(element) };
  });
}
