import { expect, test } from 'vitest';
import { arrowEncoder } from '../../../sources/wire/arrow/encoder.js';
import { avroEncoder } from '../../../sources/wire/avro/encoder.js';
import { eventSchema } from '../../../sources/wire/avro/event_schema.js';
import { wireDecoder } from '../../../sources/wire/decoder.js';
import { WIRE_LIMITS, type WireField } from '../../../sources/wire/types.js';

const fields: WireField[] = [
  { name: 'event', type: 'long' },
  { name: 'pt', type: 'double' },
];
const columns = [Float64Array.from({ length: 6 }, (_, i) => i), Float64Array.from({ length: 6 }, (_, i) => i / 4)];
const arrow = (from: number, to: number): Buffer => arrowEncoder(fields)(columns, { from, to });
const avro = (row: number): Buffer => avroEncoder('event', fields)(columns, row);
const options = { needed: fields, schemas: [eventSchema('event', fields)], limits: WIRE_LIMITS };

test('events of both encodings come in the order of the log', async () => {
  const messages = [avro(0), arrow(1, 3), arrow(3, 4), avro(4), avro(5)];
  const { batches, bad } = await wireDecoder(options).decode(messages.map((value, i) => ({ offset: 10 + i, value })));
  expect(bad).toEqual([]);
  expect(batches.map(({ length }) => length)).toEqual([1, 3, 2]);
  expect(batches.flatMap((batch) => [...batch.columns.get('event')!])).toEqual([0, 1, 2, 3, 4, 5]);
  expect(batches.flatMap((batch) => [...batch.columns.get('pt')!])).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25]);
  expect(batches.flatMap(({ position }) => [...position])).toEqual(
    [
      [10, 0],
      [11, 0],
      [11, 1],
      [12, 0],
      [13, 0],
      [14, 0],
    ].map(([offset, place]) => offset! * 65536 + place!),
  );
});

test('what is neither is bad, with its reason, in the order of the log', async () => {
  const cut = arrow(0, 6).subarray(0, 50);
  const values = [
    null,
    avro(0).subarray(0, 12),
    Buffer.alloc(0),
    cut,
    Buffer.from('{"pt": 1}'),
    Buffer.alloc(2000, 255),
  ];
  const small = { ...options, limits: { maxBytes: 1000, maxEvents: 100 } };
  const read = await wireDecoder(small).decode(values.map((value, i) => ({ offset: i, value })));
  expect(read.batches).toEqual([]);
  expect(read.bad.map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4, 5]);
  const reasons = read.bad.map(({ reason }) => reason);
  expect(reasons[0]).toBe('message has no value');
  expect(reasons[1]).toContain('Avro record');
  expect(reasons[2]).toBe('message is empty');
  expect(reasons[3]).toContain('Arrow message is cut off or damaged');
  expect(reasons[4]).toBe(
    'message begins with 7b227074, which is neither Avro (c301, 00) nor an Arrow IPC stream (ffffffff)',
  );
  expect(reasons[5]).toBe('message has 2000 bytes, limit 1000');
});
