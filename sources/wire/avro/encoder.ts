import type { NumberColumn } from '../../../operators/batch.js';
import { wrongSample } from '../../../operators/problem.js';
import type { WireField } from '../types.js';
import { eventSchema } from './event_schema.js';
import { fingerprint } from './fingerprint.js';

const sizes: Readonly<Record<WireField['type'], number>> = { float: 4, double: 8, int: 5, long: 10 };

/** With a registry's id: Confluent framing. Without: single-object encoding. */
export interface Framing {
  readonly registryId?: number;
}

function header({ registryId }: Framing, name: string, fields: readonly WireField[]): Buffer {
  if (registryId === undefined)
    return Buffer.concat([Buffer.from([0xc3, 0x01]), fingerprint(eventSchema(name, fields))]);
  const bytes = Buffer.alloc(5);
  bytes.writeInt32BE(registryId, 1);
  return bytes;
}

/** Zigzag, 7 bits a byte, least first, without a 64-bit product: the lowest bit is the sign, the others |v| or |v| - 1. */
function writeWhole(bytes: Buffer, at: number, value: number): number {
  const sign = value < 0 ? 1 : 0;
  let left = sign === 1 ? -(value + 1) : value;
  let low = ((left % 64) << 1) | sign;
  left = Math.floor(left / 64);
  let to = at;
  while (left > 0) {
    bytes[to++] = low | 128;
    low = left % 128;
    left = Math.floor(left / 128);
  }
  bytes[to++] = low;
  return to;
}

/** Whether a column's number is one of the type; a double that is rounded to a float is. */
function holds(type: WireField['type'], value: number): boolean {
  if (type === 'double') return true;
  if (type === 'float') return !Number.isFinite(value) || Number.isFinite(Math.fround(value));
  return type === 'int' ? value === (value | 0) : Number.isSafeInteger(value);
}

/**
 * Writes event `row` of the columns, one for each field, as a message of `eventSchema(name, fields)`: Avro's
 * single-object encoding, or Confluent framing with a registry's id. A float is rounded to 32 bits, -0 of an int or long
 * is 0. A number that the field's type does not hold (NaN of an int, 10^300 of a float) throws a Problem (3).
 */
export function avroEncoder(
  name: string,
  fields: readonly WireField[],
  framing: Framing = {},
): (columns: readonly NumberColumn[], row: number) => Buffer {
  const head = header(framing, name, fields);
  const most = head.length + fields.reduce((sum, { type }) => sum + sizes[type], 0);
  const slabSize = Math.max(most, 1 << 16);
  // Messages are cut from a slab; none is ever written twice.
  let slab = Buffer.alloc(0);
  let view = new DataView(slab.buffer);
  let used = 0;
  return (columns, row) => {
    if (slab.length - used < most) {
      slab = Buffer.allocUnsafeSlow(slabSize);
      view = new DataView(slab.buffer);
      used = 0;
    }
    const start = used;
    slab.set(head, start);
    let at = start + head.length;
    for (let i = 0; i < fields.length; i++) {
      const { type } = fields[i]!;
      const value = columns[i]![row]!;
      if (!holds(type, value)) {
        const what = `column '${fields[i]!.name}' is ${value} at row ${row} of its batch, which no Avro ${type} holds`;
        throw wrongSample(`${what}: give the field another type`);
      }
      if (type === 'double') view.setFloat64(at, value, true);
      else if (type === 'float') view.setFloat32(at, value, true);
      at = type === 'int' || type === 'long' ? writeWhole(slab, at, value) : at + sizes[type];
    }
    used = at;
    return slab.subarray(start, at);
  };
}
