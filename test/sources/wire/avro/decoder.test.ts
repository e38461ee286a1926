import { expect, test } from 'vitest';
import { avroDecoder } from '../../../../sources/wire/avro/decoder.js';
import type { AvroSchema } from '../../../../sources/wire/avro/schema.js';
import type { WireField } from '../../../../sources/wire/types.js';
import { full, long, numbers } from './reference.js';

const double = (name: string): WireField => ({ name, type: 'double' });

test('the numbers that fastavro wrote, in any order of the columns', () => {
  for (const { schema, messages, columns } of [full, numbers]) {
    const names = Object.keys(columns);
    for (const wanted of [names, names.toReversed(), names.slice(2, 3), []]) {
      const read = avroDecoder(schema, wanted.map(double));
      const into = wanted.map(() => new Float64Array(messages.length));
      for (const [row, hex] of messages.entries()) read(Buffer.from(hex, 'hex'), 10, into, row);
      for (const [i, name] of wanted.entries()) expect([...into[i]!], name).toEqual(columns[name]!.map(Number));
    }
  }
});

test('messages of their own memory and of shared memory read alike', () => {
  const read = avroDecoder(numbers.schema, ['d', 'l'].map(double));
  const whole = Buffer.concat(numbers.messages.map((hex) => Buffer.from(hex, 'hex')));
  let at = 0;
  for (const hex of numbers.messages) {
    const own = Buffer.from(new Uint8Array(Buffer.from(hex, 'hex')).buffer);
    const [a, b] = [0, 1].map(() => [new Float64Array(1), new Float64Array(1)]);
    read(own, 10, a!, 0);
    read(whole.subarray(at, at + own.length), 10, b!, 0);
    expect(a).toEqual(b);
    at += own.length;
  }
});

const one = (type: AvroSchema): AvroSchema => ({ type: 'record', name: 'e', fields: [{ name: 'x', type }] });
function value(type: AvroSchema, bytes: Buffer): number {
  const column = new Float64Array(1);
  avroDecoder(one(type), [double('x')])(bytes, 0, [column], 0);
  return column[0]!;
}

test.each<[bigint, number]>([
  [2n ** 53n - 1n, 2 ** 53 - 1],
  [2n ** 53n, 2 ** 53],
  [-(2n ** 53n), -(2 ** 53)],
  [2n ** 53n + 1n, NaN],
  [-(2n ** 63n), NaN],
])('long %d, as sample files read it', (stored, read) => {
  expect(value('long', long(stored))).toBe(read);
});

test('a field that the writer has not takes its default in each row', () => {
  const columns = [new Float64Array(3), new Float64Array(3)];
  const read = avroDecoder(one('int'), [double('x'), { ...double('y'), default: 4.5 }]);
  for (let row = 0; row < 3; row++) read(long(row - 1), 0, columns, row);
  expect(columns.map((column) => [...column])).toEqual([
    [-1, 0, 1],
    [4.5, 4.5, 4.5],
  ]);
});

test.each<[string, AvroSchema, Buffer]>([
  ['it ends within the record', 'double', Buffer.alloc(7)],
  ['it ends within the record', 'float', Buffer.alloc(3)],
  ['it ends within the record', 'boolean', Buffer.alloc(0)],
  ['a value runs past the end', 'long', Buffer.from([128])],
  ['a value runs past the end', ['null', 'double'], Buffer.alloc(0)],
  ['a union has no branch 5', ['null', 'double'], long(5)],
  ['a union has no branch -1', ['null', 'double'], long(-1)],
  ['a union has no branch NaN', ['null', 'double'], long(2n ** 60n)],
  ['a boolean is 2', 'boolean', Buffer.from([2])],
  ['an int is beyond 32 bits', 'int', long(2 ** 31)],
  ['an int is beyond 32 bits', 'int', long(2n ** 60n)],
  ['1 bytes are left after the record', 'double', Buffer.alloc(9)],
])('refused: %s', (what, type, bytes) => {
  expect(() => value(type, bytes)).toThrow(what);
});
