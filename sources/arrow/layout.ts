import type { TableInfo } from '../missing_columns.js';
import type { ColumnInfo } from '../source.js';
import type { Field, TypeName } from './schema.js';

/** How the values of a column lie in their buffer. `bits` is a bitmap, `null` has no buffer at all. */
export type Storage =
  'f16' | 'f32' | 'f64' | 'i8' | 'i16' | 'i32' | 'i64' | 'u8' | 'u16' | 'u32' | 'u64' | 'bits' | 'null';

/**
 * Where a column lies in every record batch: the index of its field node and of its first buffer, to which as many are
 * added as the first `views` views of the batch have. A list has its offsets in the second buffer, of `offsetBytes`
 * each; `fixed` values an event need none.
 */
export interface Place {
  readonly storage: Storage;
  readonly node: number;
  readonly buffer: number;
  readonly views: number;
  readonly list?: { readonly offsetBytes: 4 | 8 } | { readonly fixed: number };
}

export interface Layout extends TableInfo {
  readonly others: ReadonlyMap<string, string>;
  readonly places: ReadonlyMap<string, Place>;
}

const integers: Readonly<Record<number, Storage>> = {
  8: 'i8',
  16: 'i16',
  32: 'i32',
  64: 'i64',
  [-8]: 'u8',
  [-16]: 'u16',
  [-32]: 'u32',
  [-64]: 'u64',
};

/** Number of a type's own buffers in a record batch, its children's apart; two where nothing is said. */
const buffers: Partial<Record<TypeName, number>> = {
  none: 0,
  null: 0,
  run_end_encoded: 0,
  struct: 1,
  fixed_list: 1,
  binary: 3,
  text: 3,
  large_binary: 3,
  large_text: 3,
  list_view: 3,
  large_list_view: 3,
};

function storageOf({ type, detail }: Field): Storage | undefined {
  if (type === 'null') return 'null';
  if (type === 'bool') return 'bits';
  if (type === 'float') return (['f16', 'f32', 'f64'] as const)[detail];
  return type === 'int' ? integers[detail] : undefined;
}

interface Cursor {
  node: number;
  buffer: number;
  views: number;
}

function pass(field: Field, cursor: Cursor): void {
  cursor.node += 1;
  cursor.buffer += field.type === 'union' ? field.size + 1 : (buffers[field.type] ?? 2);
  if (field.type.endsWith('_view') && !field.type.includes('list')) cursor.views += 1;
  for (const child of field.children) pass(child, cursor);
}

function placeOf(field: Field, cursor: Cursor): Place | undefined {
  const storage = storageOf(field);
  if (storage !== undefined) return { storage, ...cursor };
  const [element] = field.children;
  const values = element && storageOf(element);
  if (values === undefined || values === 'null') return undefined;
  if (field.type === 'list') return { storage: values, ...cursor, list: { offsetBytes: 4 } };
  if (field.type === 'large_list') return { storage: values, ...cursor, list: { offsetBytes: 8 } };
  return field.type === 'fixed_list' ? { storage: values, ...cursor, list: { fixed: field.size } } : undefined;
}

/** The columns of numbers of a schema, and where each lies in a record batch: fields in depth-first order. */
export function layoutOf(fields: readonly Field[]): Layout {
  const columns: ColumnInfo[] = [];
  const others = new Map<string, string>();
  const places = new Map<string, Place>();
  const cursor: Cursor = { node: 0, buffer: 0, views: 0 };
  for (const field of fields) {
    const place = placeOf(field, cursor);
    pass(field, cursor);
    if (place === undefined) others.set(field.name, field.type);
    else {
      places.set(field.name, place);
      columns.push({ name: field.name, list: place.list !== undefined });
    }
  }
  return { columns, others, places };
}
