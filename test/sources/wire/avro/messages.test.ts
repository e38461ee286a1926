import { expect, test } from 'vitest';
import { Problem, wrongSample } from '../../../../operators/problem.js';
import { avroEncoder } from '../../../../sources/wire/avro/encoder.js';
import { eventSchema } from '../../../../sources/wire/avro/event_schema.js';
import { avroMessages, type AvroMessages } from '../../../../sources/wire/avro/messages.js';
import type { AvroSchema } from '../../../../sources/wire/avro/schema.js';
import { WIRE_LIMITS, type Message, type WireField } from '../../../../sources/wire/types.js';
import { full, messagesOf, numbers } from './reference.js';

const x: WireField = { name: 'x', type: 'double' };
const old = { name: 'old', fields: [{ name: 'x', type: 'float' } as WireField] };
const recent = { name: 'recent', fields: [{ name: 'run', type: 'long' } as WireField, x] };
const schemas = [old, recent].map(({ name, fields }) => eventSchema(name, fields));

const write = ({ name, fields }: typeof old, value: number, registryId?: number): Buffer =>
  avroEncoder(
    name,
    fields,
    registryId === undefined ? {} : { registryId },
  )(
    fields.map((field) => Float64Array.of(field.name === 'x' ? value : 7)),
    0,
  );
const numbered = (...values: (Buffer | null)[]): Message[] => values.map((value, i) => ({ offset: 10 + i, value }));
const decoder = (options: Partial<AvroMessages> = {}): ReturnType<typeof avroMessages> =>
  avroMessages({ needed: [x], schemas, limits: WIRE_LIMITS, ...options });

const shown = ({ batches, bad }: Awaited<ReturnType<ReturnType<typeof decoder>>>): unknown => ({
  batches: batches.map(({ columns, position }) => ({
    x: [...columns.get('x')!],
    at: [...position].map((p) => p / 65536),
  })),
  bad,
});

test('messages that fastavro wrote become one batch of columns', async () => {
  for (const { schema, messages, columns } of [full, numbers]) {
    const needed = Object.keys(columns).map((name): WireField => ({ name, type: 'double' }));
    const { batches, bad } = await decoder({ needed, schemas: [schema] })(messagesOf(messages));
    expect(bad).toEqual([]);
    expect(batches.map(({ length }) => length)).toEqual([messages.length]);
    const [batch] = batches;
    for (const [name, column] of batch!.columns) expect([...column]).toEqual(columns[name]!.map(Number));
    expect([...batch!.position]).toEqual(messages.map((_, i) => (100 + i) * 65536));
  }
});

test('neighbours of one schema share a batch; bad messages are named and left out', async () => {
  const cut = write(old, 9).subarray(0, 12);
  const read = await decoder()(
    numbered(write(old, 1), cut, write(old, 2), null, write(recent, 3), write(recent, 4), write(old, 5)),
  );
  expect(shown(read)).toEqual({
    batches: [
      { x: [1, 2], at: [10, 12] },
      { x: [3, 4], at: [14, 15] },
      { x: [5], at: [16] },
    ],
    bad: [
      { offset: 11, reason: 'Avro record: it ends within the record' },
      { offset: 13, reason: 'Avro message: it has no value' },
    ],
  });
});

test('headers that lead nowhere', async () => {
  const { batches, bad } = await decoder({ limits: { ...WIRE_LIMITS, maxBytes: 100 } })(
    numbered(
      Buffer.from('c301ffeeddccbbaa998800', 'hex'),
      Buffer.from('c301', 'hex'),
      Buffer.from('00000000', 'hex'),
      Buffer.alloc(0),
      Buffer.from('0000000005ff', 'hex'),
      Buffer.alloc(101, 0xc3),
    ),
  );
  expect(batches).toEqual([]);
  expect(bad.map(({ reason }) => reason)).toEqual([
    'Avro message: no schema has the fingerprint ffeeddccbbaa9988: give it with --schema',
    'Avro message: it is cut off within its Avro header',
    'Avro message: it is cut off within its Avro header',
    'Avro message: it is cut off within its Avro header',
    'Avro message: schema 5 is in a schema registry: give its address',
    'Avro message: it has 101 bytes, limit 100',
  ]);
});

test('a known schema that lacks a needed field is refused at once', () => {
  expect(() => decoder({ needed: [{ name: 'run', type: 'int' }] })).toThrow(
    "Avro schema 'regimewatch.old' has no field 'run' (nearest 'x'), which the pipeline needs: write the field as int",
  );
});

test('schemas of a registry: asked for once each; one that cannot be used makes its messages bad', async () => {
  const asked: number[] = [];
  const byId = (id: number): Promise<AvroSchema> => {
    asked.push(id);
    if (id === 8) return Promise.resolve('string');
    const schema = schemas[id];
    return schema ? Promise.resolve(schema) : Promise.reject(wrongSample(`schema ${id} is not there`));
  };
  const decode = decoder({ schemas: [], registry: { byId } });
  const messages = numbered(
    write(old, 1, 0),
    write(recent, 2, 1),
    write(recent, 3, 1),
    write(old, 4, 9),
    write(old, 5, 8),
  );
  const expected = {
    batches: [
      { x: [1], at: [10] },
      { x: [2, 3], at: [11, 12] },
    ],
    bad: [
      { offset: 13, reason: 'Avro message: schema 9 is not there' },
      { offset: 14, reason: 'Avro message: Avro schema is string, not a record: write each event as a record' },
    ],
  };
  expect(shown(await decode(messages))).toEqual(expected);
  expect(shown(await decode(messages))).toEqual(expected);
  expect(asked).toEqual([0, 1, 9, 8, 9]);
});

test('a registry that cannot be asked makes no message bad', async () => {
  const registry = { byId: () => Promise.reject(new Problem(1, 'schema registry is gone')) };
  await expect(decoder({ registry })(numbered(write(old, 1, 3)))).rejects.toThrow('schema registry is gone');
});

test('no messages, no batches', async () => {
  expect(await decoder()([])).toEqual({ batches: [], bad: [] });
});
