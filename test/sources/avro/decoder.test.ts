import avsc from 'avsc';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnOf } from '../../../sources/buffers.js';
import { columnsOf, readEvent } from '../../../sources/avro/decoder.js';
import { programOf } from '../../../sources/avro/program.js';
import { fieldsOf } from '../../../sources/avro/schema.js';

const schema = {
  type: 'record' as const,
  name: 'Event',
  fields: [
    { name: 'pt', type: 'float' as const },
    { name: 'label', type: 'string' as const },
    { name: 'weight', type: ['null' as const, 'double' as const] },
    { name: 'event', type: 'long' as const },
    { name: 'good', type: 'boolean' as const },
    { name: 'jets', type: { type: 'array' as const, items: 'double' as const } },
  ],
};
const type = avsc.Type.forSchema(schema, { wrapUnions: false });
const events = fc.array(
  fc.record({
    pt: fc.float(),
    label: fc.string(),
    weight: fc.option(fc.double()),
    event: fc.integer({ min: -(2 ** 50), max: 2 ** 50 }),
    good: fc.boolean(),
    jets: fc.array(fc.double(), { maxLength: 5 }),
  }),
  { minLength: 1, maxLength: 20 },
);

interface Decoded {
  readonly columns: Record<string, unknown>;
  readonly left: number;
}

function decoded(bytes: Buffer, count: number, wanted: readonly string[]): Decoded {
  const program = programOf(fieldsOf(schema), new Set(wanted));
  const columns = columnsOf(program, count);
  const cursor = { bytes, at: 0 };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let i = 0; i < count; i++) readEvent(program, cursor, view, columns, i);
  const of = (name: string): unknown =>
    columnOf(columns.buffers[program.fields.findIndex((field) => field.name === name)]!, count);
  return { columns: Object.fromEntries(wanted.map((name) => [name, of(name)])), left: bytes.length - cursor.at };
}

test('what avsc wrote, for any choice of the fields', () => {
  const names = schema.fields.map(({ name }) => name).filter((name) => name !== 'label');
  fc.assert(
    fc.property(events, fc.subarray(names), (written, wanted) => {
      const bytes = Buffer.concat(written.map((event) => type.toBuffer(event)));
      const offsets = [0];
      for (const { jets } of written) offsets.push(offsets.at(-1)! + jets.length);
      const all: Record<string, unknown> = {
        pt: Float32Array.from(written, ({ pt }) => pt),
        weight: Float64Array.from(written, ({ weight }) => weight ?? NaN),
        event: Float64Array.from(written, ({ event }) => event),
        good: Float64Array.from(written, ({ good }) => Number(good)),
        jets: { offsets: Int32Array.from(offsets), values: Float64Array.from(written.flatMap(({ jets }) => jets)) },
      };
      expect(decoded(bytes, written.length, wanted)).toEqual({
        columns: Object.fromEntries(wanted.map((name) => [name, all[name]])),
        left: 0,
      });
    }),
  );
});

test('bytes that end within an event are refused, wherever they end', () => {
  const bytes = type.toBuffer({ pt: 1, label: 'ab', weight: 2, event: 300, good: true, jets: [1, 2] });
  for (const wanted of [[], ['pt'], ['weight', 'event', 'good', 'jets']]) {
    for (let end = 0; end < bytes.length; end++) {
      expect(() => decoded(bytes.subarray(0, end), 1, wanted)).toThrow(/past the end of its block|states 2 items/);
    }
  }
});
