import { boolean, double, float, long, type Cursor } from './cursor.js';
import { branch, isNamed, isUnion, skipper, type Schema, type Skip } from './skipper.js';

export interface Field {
  readonly name: string;
  readonly skip: (cursor: Cursor) => void;
  /** Reads the value, or an item of the list; undefined if the field holds no numbers. */
  readonly number?: (cursor: Cursor) => number;
  /** A list; `branch` is the one that holds it in a union with null (a null list is empty). */
  readonly list?: { readonly branch?: number };
  readonly float32: boolean;
  readonly type: string;
  /** What the file's schema says of it, a type in braces taken out of them. */
  readonly schema: Schema;
}

type Read = (cursor: Cursor) => number;

const numbers: Readonly<Record<string, Read>> = { int: long, long, float, double, boolean };

/** `{ "type": "double" }` is "double", also where a logical type stands beside it. */
export const plain = (schema: Schema): Schema =>
  isNamed(schema) && !['record', 'error', 'enum', 'fixed', 'array', 'map'].includes(schema.type as string)
    ? plain(schema.type)
    : schema;

const nameOf = (schema: Schema): string =>
  isUnion(schema) ? schema.map(nameOf).join(' or ') : typeof schema === 'string' ? schema : nameOf(schema.type);

/** How numbers are read: plain, or a union of numbers and null (NaN). Undefined if the schema holds anything else. */
function numberReader(schema: Schema): Read | undefined {
  const type = plain(schema);
  if (typeof type === 'string') return numbers[type];
  if (!isUnion(type)) return undefined;
  const branches = type.map((each): Read | undefined => (plain(each) === 'null' ? () => NaN : numberReader(each)));
  if (branches.includes(undefined) || type.every((each) => plain(each) === 'null')) return undefined;
  return (cursor) => branch(cursor, branches as Read[])(cursor);
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
    const shared = {
      name,
      skip: skipper(type, named, record.namespace ?? ''),
      type: nameOf(plain(type)),
      schema: plain(type),
    };
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
