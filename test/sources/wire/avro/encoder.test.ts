import avsc from 'avsc';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { avroDecoder } from '../../../../sources/wire/avro/decoder.js';
import { avroEncoder } from '../../../../sources/wire/avro/encoder.js';
import { eventSchema } from '../../../../sources/wire/avro/event_schema.js';
import { fingerprint } from '../../../../sources/wire/avro/fingerprint.js';
import type { WireField } from '../../../../sources/wire/types.js';
import { long, numbers } from './reference.js';

const fields: WireField[] = [
  { name: 'd', type: 'double' },
  { name: 'f', type: 'float' },
  { name: 'i', type: 'int' },
  { name: 'l', type: 'long' },
];
const schema = eventSchema('pair', fields);
const columns = fields.map(({ name }) => Float64Array.from(numbers.columns[name]!, Number));

test('the bytes that fastavro wrote, behind the fingerprint of the event schema', () => {
  const encode = avroEncoder('pair', fields);
  const head = `c301${fingerprint(schema).toString('hex')}`;
  for (const [row, hex] of numbers.messages.entries()) {
    expect(encode(columns, row).toString('hex')).toBe(head + hex.slice(20));
  }
});

test('Confluent framing with the id of a registry', () => {
  const encode = avroEncoder('pair', fields, { registryId: 0x01020304 });
  expect(encode(columns, 1).toString('hex')).toBe(`0001020304${numbers.messages[1]!.slice(20)}`);
});

/** avsc makes zigzag numbers as doubles: theirs beyond 2^52 lose the sign. */
const exactInAvsc = fc.integer({ min: -(2 ** 52), max: 2 ** 52 });

test('avsc reads what is written, and the decoder reads what avsc writes', () => {
  const type = avsc.Type.forSchema(schema as avsc.Schema);
  const encode = avroEncoder('pair', fields);
  const decode = avroDecoder(schema, fields);
  const into = fields.map(() => new Float64Array(1));
  fc.assert(
    fc.property(fc.double(), fc.float(), fc.integer(), exactInAvsc, (d, f, i, l) => {
      const message = encode(
        [[d], [f], [i], [l]].map((column) => Float64Array.from(column)),
        0,
      );
      const event = type.fromBuffer(message.subarray(10)) as unknown;
      expect({ ...(event as object) }).toEqual({ d, f, i, l });
      decode(Buffer.concat([Buffer.alloc(5), type.toBuffer({ d, f, i, l })]), 5, into, 0);
      expect(into.map((column) => column[0])).toEqual([d, f, i, l]);
    }),
  );
});

test('longs up to 2^53 are the bytes of whole arithmetic', () => {
  const encode = avroEncoder('pair', [{ name: 'x', type: 'long' }]);
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(encode([Float64Array.of(value)], 0).subarray(10)).toEqual(long(value));
    }),
  );
});

test('messages do not overlap', () => {
  const encode = avroEncoder('pair', fields);
  const events = 10_000;
  const many = fields.map(({ type }) =>
    Float64Array.from({ length: events }, (_, i) => (type === 'int' ? i % 100 : i)),
  );
  const messages = Array.from({ length: events }, (_, row) => encode(many, row));
  const again = avroEncoder('pair', fields);
  for (let row = 0; row < events; row += 7) expect(messages[row]).toEqual(again(many, row));
});

test.each<[WireField['type'], number]>([
  ['int', NaN],
  ['int', 0.5],
  ['int', 2 ** 31],
  ['int', -(2 ** 31) - 1],
  ['int', Infinity],
  ['long', NaN],
  ['long', 1.5],
  ['long', 2 ** 53],
  ['long', -Infinity],
  ['float', 1e300],
  ['float', -3.5e38],
])('a %s does not hold %d', (type, value) => {
  const encode = avroEncoder('pair', [{ name: 'x', type }]);
  expect(() => encode([Float64Array.of(0, value)], 1)).toThrow(
    `column 'x' is ${value} at row 1 of its batch, which no Avro ${type} holds: give the field another type`,
  );
});

test.each<[WireField['type'], number, number]>([
  ['float', 0.1, Math.fround(0.1)],
  ['float', NaN, NaN],
  ['float', -Infinity, -Infinity],
  ['int', -0, 0],
  ['double', NaN, NaN],
])('a %s holds %d as %d', (type, value, read) => {
  const field: WireField = { name: 'x', type };
  const into = [new Float64Array(1)];
  avroDecoder(eventSchema('pair', [field]), [field])(
    avroEncoder('pair', [field])([Float64Array.of(value)], 0),
    10,
    into,
    0,
  );
  expect(into[0]![0]).toBe(read);
});
