import { byteOf, intOf, shortOf, tableAt, tableOf, tablesOf, textOf, type Table } from './flatbuffer.js';

/** Names of the types in the order of their numbers (Arrow format, Schema.fbs). */
const types = [
  ...['none', 'null', 'int', 'float', 'binary', 'text', 'bool', 'decimal', 'date', 'time', 'timestamp', 'interval'],
  ...['list', 'struct', 'union', 'fixed_binary', 'fixed_list', 'map', 'duration', 'large_binary', 'large_text'],
  ...['large_list', 'run_end_encoded', 'binary_view', 'text_view', 'list_view', 'large_list_view'],
] as const;

export type TypeName = (typeof types)[number] | 'dictionary';

export interface Field {
  readonly name: string;
  readonly type: TypeName;
  readonly children: readonly Field[];
  /** Bits of an int (negative if unsigned), precision of a float (0 half, 1 single, 2 double). */
  readonly detail: number;
  /** A list of fixed length: its length. A union: 0 sparse, 1 dense. */
  readonly size: number;
}

const fieldLimit = 100_000;
const depthLimit = 64;

function detailOf(type: TypeName, about: Table | undefined): number {
  if (about === undefined) return 0;
  if (type === 'int') return byteOf(about, 1) === 0 ? -intOf(about, 0) : intOf(about, 0);
  return type === 'float' ? shortOf(about, 0) : 0;
}

/** The fields of a schema message's header. */
export function fieldsOf(schema: Table): Field[] {
  if (shortOf(schema, 0) !== 0) throw new Error('its numbers are big-endian, which is not supported');
  // Damaged tables may point to the same bytes again and again: what is made of them stays in proportion to them.
  const { byteLength } = schema.view;
  let fieldsLeft = Math.min(fieldLimit, Math.floor(byteLength / 8));
  let lettersLeft = 4 * byteLength;
  const fieldOf = (table: Table, depth: number): Field => {
    const type = types[byteOf(table, 2)];
    if (--fieldsLeft < 0 || depth > depthLimit || type === undefined) throw new Error('its schema is damaged');
    const name = textOf(table, 0, lettersLeft);
    lettersLeft -= name.length;
    // In a record batch, a dictionary's indices stand for the field.
    if (tableOf(table, 4) !== undefined) return { name, type: 'dictionary', children: [], detail: 0, size: 0 };
    const about = tableOf(table, 3);
    return {
      name,
      type,
      children: fieldsAt(table, 5, depth + 1),
      detail: detailOf(type, about),
      size:
        about === undefined ? 0 : type === 'fixed_list' ? intOf(about, 0) : type === 'union' ? shortOf(about, 0) : 0,
    };
  };
  const fieldsAt = (table: Table, slot: number, depth: number): Field[] => {
    const places = tablesOf(table, slot);
    const fields: Field[] = [];
    for (let i = 0; i < places.count; i++) fields.push(fieldOf(tableAt(table, places, i), depth));
    return fields;
  };
  return fieldsAt(schema, 1, 0);
}
