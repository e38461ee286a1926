import { long, type Cursor } from '../../avro/cursor.js';
import { BOOLEAN, DOUBLE, FILL, FLOAT, INT, LONG, NULL, programOf, SKIP, UNION } from './program.js';
import type { NeededField } from './resolve.js';
import type { AvroSchema } from './schema.js';

/**
 * Reads the record that begins at byte `from` of a message, and ends with it, into place `row` of the columns, one
 * for each needed field. Throws an Error that says what is wrong with the bytes; the row then holds nothing of use.
 */
export type AvroDecoder = (
  message: Buffer,
  from: number,
  columns: readonly Float64Array<ArrayBuffer>[],
  row: number,
) => void;

const cutOff = 'it ends within the record';

/**
 * A decoder of single records of the writer's schema (Avro 1.12, "Binary Encoding"). It is an interpreter over flat
 * arrays of steps: no object is made of an event, no code is generated, and nothing is allocated by what a message says.
 * A null and a long beyond ±2^53 give NaN. Throws a Problem (3) where the schema does not give what is needed.
 */
export function avroDecoder(writer: AvroSchema, needed: readonly NeededField[]): AvroDecoder {
  const program = programOf(writer, needed);
  const { target, number, branches, pass } = program;
  const count = program.code.length;
  const cursor: { -readonly [key in keyof Cursor]: Cursor[key] } = { bytes: Buffer.alloc(0), at: 0 };
  let view: DataView = new DataView(new ArrayBuffer(0));

  const varint = (code: number): number => {
    const { bytes, at } = cursor;
    const first = bytes[at]!;
    if (at < bytes.length && first < 128) {
      cursor.at = at + 1;
      return (first >>> 1) ^ -(first & 1);
    }
    const value = long(cursor);
    if (code === INT && value !== (value | 0)) throw new Error('an int is beyond 32 bits');
    return value;
  };

  return (message, from, columns, row) => {
    // Messages of one fetch share their memory.
    if (view.buffer !== message.buffer) view = new DataView(message.buffer);
    const base = message.byteOffset;
    const end = message.length;
    cursor.bytes = message;
    let at = from;
    for (let i = 0; i < count; i++) {
      let code = program.code[i]!;
      if (code === UNION) {
        cursor.at = at;
        const index = varint(LONG);
        const branch = branches[i]![index];
        if (branch === undefined) throw new Error(`a union has no branch ${index}`);
        code = branch;
        at = cursor.at;
      }
      let value: number;
      switch (code) {
        case DOUBLE:
          if (at + 8 > end) throw new Error(cutOff);
          value = view.getFloat64(base + at, true);
          at += 8;
          break;
        case FLOAT:
          if (at + 4 > end) throw new Error(cutOff);
          value = view.getFloat32(base + at, true);
          at += 4;
          break;
        case INT:
        case LONG:
          cursor.at = at;
          value = varint(code);
          at = cursor.at;
          break;
        case BOOLEAN:
          if (at >= end) throw new Error(cutOff);
          value = message[at++]!;
          if (value > 1) throw new Error(`a boolean is ${value}`);
          break;
        case NULL:
          value = NaN;
          break;
        case FILL:
          value = number[i]!;
          break;
        case SKIP:
          at += number[i]!;
          if (at > end) throw new Error(cutOff);
          continue;
        default:
          cursor.at = at;
          pass[i]!(cursor, 0);
          at = cursor.at;
          continue;
      }
      columns[target[i]!]![row] = value;
    }
    if (at !== end) throw new Error(`${end - at} bytes are left after the record`);
  };
}
