import { columnBuffer, withRoom, type ColumnBuffer, type ListBuffer } from '../buffers.js';
import { cutOff, items, long, type Cursor } from './cursor.js';
import { BOOLEAN, DOUBLE, FLOAT, LONG, NULL, PASS, SKIP, UNION, type Program } from './program.js';
import type { Field } from './schema.js';

/** The columns of a batch while it fills, one a step of the program: numbers are stored where their type is known. */
export interface Columns {
  readonly buffers: readonly ColumnBuffer[];
  readonly singles: readonly Float32Array[];
  readonly doubles: readonly Float64Array[];
}

/** Columns for as many events; those of a step that fills none are empty. */
export function columnsOf({ code, fields }: Program, events: number): Columns {
  const buffers = fields.map(({ list, float32 }, i) =>
    columnBuffer({ list: list !== undefined, float32 }, code[i] === SKIP || code[i] === PASS ? 0 : events),
  );
  return {
    buffers,
    singles: buffers.map((buffer) => (buffer instanceof Float32Array ? buffer : new Float32Array(0))),
    doubles: buffers.map((buffer) => (buffer instanceof Float64Array ? buffer : new Float64Array(0))),
  };
}

function readList(cursor: Cursor, field: Field, list: ListBuffer, event: number): void {
  let used = list.offsets[event]!;
  const isNull = field.list?.branch !== undefined && long(cursor) !== field.list.branch;
  for (let { count } = isNull ? { count: 0 } : items(cursor); count > 0; { count } = items(cursor)) {
    const values = withRoom(list, used + count);
    for (let k = 0; k < count; k++) values[used + k] = field.number!(cursor);
    used += count;
  }
  list.offsets[event + 1] = used;
}

/**
 * Reads the event at the cursor into place `event` of the columns; `view` is of the cursor's bytes. An interpreter over
 * flat arrays of steps: no object is made of an event, and no closure is called for a plain number or a union of them.
 * A null and a long beyond ±2^53 give NaN. Throws an Error that says what is wrong with the bytes.
 */
export function readEvent(program: Program, cursor: Cursor, view: DataView, columns: Columns, event: number): void {
  const { code: codes, bytes, single, branches, fields } = program;
  const { buffers, singles, doubles } = columns;
  const end = view.byteLength;
  let { at } = cursor;
  for (let i = 0; i < codes.length; i++) {
    let code = codes[i]!;
    if (code === UNION) {
      cursor.at = at;
      const index = long(cursor);
      at = cursor.at;
      const branch = branches[i]![index];
      if (branch === undefined) throw new Error(`a union has no branch ${index}`);
      code = branch;
    }
    let value: number;
    switch (code) {
      case FLOAT:
        if (at + 4 > end) throw new Error(cutOff);
        value = view.getFloat32(at, true);
        at += 4;
        break;
      case DOUBLE:
        if (at + 8 > end) throw new Error(cutOff);
        value = view.getFloat64(at, true);
        at += 8;
        break;
      case LONG:
        cursor.at = at;
        value = long(cursor);
        at = cursor.at;
        break;
      case BOOLEAN:
        if (at >= end) throw new Error(cutOff);
        value = view.getUint8(at++);
        break;
      case NULL:
        value = NaN;
        break;
      case SKIP:
        at += bytes[i]!;
        if (at > end) throw new Error(cutOff);
        continue;
      default: {
        const [field, buffer] = [fields[i]!, buffers[i]!];
        cursor.at = at;
        if (code === PASS) field.skip(cursor);
        else if ('offsets' in buffer) readList(cursor, field, buffer, event);
        else buffer[event] = field.number!(cursor);
        at = cursor.at;
        continue;
      }
    }
    if (single[i] === 1) singles[i]![event] = value;
    else doubles[i]![event] = value;
  }
  cursor.at = at;
}
