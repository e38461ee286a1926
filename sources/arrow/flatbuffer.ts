/**
 * Flatbuffers, as far as Arrow's metadata needs them. A DataView checks every access, and vectors are checked to lie
 * within the bytes before anything is made of them: damaged metadata throws instead of filling the memory.
 */
export interface Table {
  readonly view: DataView;
  readonly at: number;
}

export const rootOf = (view: DataView): Table => ({ view, at: view.getUint32(0, true) });

/** Where a field's value stands; 0 if it has its default. */
function placeOf({ view, at }: Table, field: number): number {
  const vtable = at - view.getInt32(at, true);
  const slot = 4 + 2 * field;
  if (slot >= view.getUint16(vtable, true)) return 0;
  const offset = view.getUint16(vtable + slot, true);
  return offset === 0 ? 0 : at + offset;
}

function targetOf(table: Table, field: number): number {
  const place = placeOf(table, field);
  return place === 0 ? 0 : place + table.view.getUint32(place, true);
}

export function byteOf(table: Table, field: number): number {
  const place = placeOf(table, field);
  return place === 0 ? 0 : table.view.getUint8(place);
}

export function shortOf(table: Table, field: number): number {
  const place = placeOf(table, field);
  return place === 0 ? 0 : table.view.getInt16(place, true);
}

export function intOf(table: Table, field: number): number {
  const place = placeOf(table, field);
  return place === 0 ? 0 : table.view.getInt32(place, true);
}

export function longOf(table: Table, field: number): number {
  const place = placeOf(table, field);
  return place === 0 ? 0 : Number(table.view.getBigInt64(place, true));
}

export function tableOf(table: Table, field: number): Table | undefined {
  const at = targetOf(table, field);
  return at === 0 ? undefined : { view: table.view, at };
}

export interface Vector {
  readonly at: number;
  readonly count: number;
}

/** Where the items of a vector begin and how many there are, each of `size` bytes. */
function vectorOf(table: Table, field: number, size: number): Vector {
  const at = targetOf(table, field);
  if (at === 0) return { at: 0, count: 0 };
  const count = table.view.getUint32(at, true);
  if (at + 4 + count * size > table.view.byteLength) throw new Error('its metadata is damaged');
  return { at: at + 4, count };
}

/** A text of `limit` bytes at most. */
export function textOf(table: Table, field: number, limit: number): string {
  const { at, count } = vectorOf(table, field, 1);
  if (count > limit) throw new Error('its metadata is damaged');
  return Buffer.from(table.view.buffer, table.view.byteOffset + at, count).toString('utf8');
}

/** A vector of tables; `tableAt` gives each. */
export const tablesOf = (table: Table, field: number): Vector => vectorOf(table, field, 4);

export function tableAt({ view }: Table, { at }: Vector, index: number): Table {
  const place = at + 4 * index;
  return { view, at: place + view.getUint32(place, true) };
}

/** A vector of 64-bit integers, or of structs of `each` of them, in one array. */
export function longsOf(table: Table, field: number, each: number): Float64Array {
  const { at, count } = vectorOf(table, field, 8 * each);
  return Float64Array.from({ length: count * each }, (_, i) => Number(table.view.getBigInt64(at + 8 * i, true)));
}
