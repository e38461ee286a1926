import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprint } from '../../../../sources/wire/avro/fingerprint.js';
import { avroMessages } from '../../../../sources/wire/avro/messages.js';
import type { AvroSchema } from '../../../../sources/wire/avro/schema.js';
import { WIRE_LIMITS, type Message, type WireField } from '../../../../sources/wire/types.js';
import { mutate, words } from '../../../../bench/live/mutate.js';
import { full, long, messagesOf, numbers } from './reference.js';

/** All that may be said of a message: anything else would be a fault of the decoder's own. */
const reasons =
  /^Avro (message: (it is cut off within its Avro header|it has no value|it has \d+ bytes, limit \d+|no schema has the fingerprint [0-9a-f]{16}: give it with --schema|schema -?\d+ is in a schema registry: give its address)|record: (it ends within the record|a value runs past the end of its block|a number is longer than 10 bytes|a union has no branch \S+|a boolean is \d+|an int is beyond 32 bits|an array states \S+ items|a value is nested more than 200 deep|\d+ bytes are left after the record))$/;

const schemas = [full.schema, numbers.schema];
const needed = (names: readonly string[]): WireField[] => names.map((name) => ({ name, type: 'double' }));
const lenient = needed(['pt', 'lumi', 'iso', 'either', 'last', 'd', 'i']).map((field) => ({ ...field, default: 0 }));
const decode = avroMessages({ needed: lenient, schemas, limits: WIRE_LIMITS });
const valid = [...full.messages, ...numbers.messages].map((hex) => Buffer.from(hex, 'hex'));

/** Every message is read or bad, once, in order. */
async function account(messages: readonly Message[]): Promise<{ read: number; bad: number }> {
  const { batches, bad } = await decode(messages);
  const read = batches.flatMap(({ position }) => [...position].map((each) => each / 65536));
  for (const { reason } of bad) expect(reason).toMatch(reasons);
  expect(read).toEqual(read.toSorted((a, b) => a - b));
  expect([...read, ...bad.map(({ offset }) => offset)].sort((a, b) => a - b)).toEqual(messages.map((m) => m.offset));
  for (const { columns, length } of batches) for (const column of columns.values()) expect(column.length).toBe(length);
  return { read: read.length, bad: bad.length };
}

test('mutated messages are read or bad, and take no memory', async () => {
  const word = words(5);
  const total = { read: 0, bad: 0 };
  const before = process.memoryUsage().arrayBuffers;
  for (let round = 0; round < 40; round++) {
    const messages = Array.from({ length: 500 }, (_, offset) => ({
      offset,
      value: mutate(valid[offset % valid.length]!, word),
    }));
    const { read, bad } = await account(messages);
    total.read += read;
    total.bad += bad;
  }
  expect(total.read + total.bad).toBe(20_000);
  expect(Math.min(total.read, total.bad)).toBeGreaterThan(2000);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(256 * 2 ** 20);
});

test('any bytes behind any header', async () => {
  const heads = [...new Set(valid.map((message) => message.subarray(0, 10)))];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 200 }))), async (drawn) => {
      const value = ([head, bytes]: [number, Uint8Array]): Buffer =>
        Buffer.concat([heads[head % heads.length]!, bytes]);
      await account(drawn.map((each, offset) => ({ offset, value: value(each) })));
    }),
  );
});

const record = (type: AvroSchema): AvroSchema => ({ type: 'record', name: 'e', fields: [{ name: 'a', type }] });
const hostile: [string, AvroSchema, Buffer][] = [
  ['10^9 items in 9 bytes', { type: 'array', items: 'double' }, Buffer.concat([long(1e9), Buffer.alloc(4)])],
  ['10^9 texts in 9 bytes', { type: 'array', items: 'string' }, Buffer.concat([long(1e9), Buffer.alloc(4)])],
  [
    '16 MB of blocks of 8 M empty items',
    { type: 'array', items: 'null' },
    Buffer.concat(Array<Buffer>(4e6).fill(long(8e6))),
  ],
  ['a text of 2^31', 'string', long(2 ** 31)],
  ['bytes of 2^62', 'bytes', long(2n ** 62n)],
  [
    'a million records within each other',
    { type: 'record', name: 'n', fields: [{ name: 'next', type: ['null', 'n'] }] },
    Buffer.alloc(1e6, 2),
  ],
];
test.each(hostile)('hostile: %s', async (_, type, bytes) => {
  const head = Buffer.concat([Buffer.from('c301', 'hex'), fingerprint(record(type))]);
  const before = process.memoryUsage();
  const read = avroMessages({ needed: [], schemas: [record(type)], limits: { ...WIRE_LIMITS, maxBytes: 2 ** 25 } });
  const { batches, bad } = await read([{ offset: 0, value: Buffer.concat([head, bytes]) }]);
  expect(batches).toEqual([]);
  expect(bad[0]!.reason).toMatch(reasons);
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  expect(arrayBuffers - before.arrayBuffers).toBeLessThan(bytes.length + 2 ** 24);
  expect(heapUsed - before.heapUsed).toBeLessThan(2 ** 26);
});

test('the valid messages are read', async () => {
  expect(await account(messagesOf(full.messages))).toEqual({ read: full.messages.length, bad: 0 });
});
