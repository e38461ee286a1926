import { expect, test } from 'vitest';
import type { Cursor } from '../../../../sources/avro/cursor.js';
import { canonical } from '../../../../sources/wire/avro/canonical_form.js';
import type { AvroSchema } from '../../../../sources/wire/avro/schema.js';
import { skipOf } from '../../../../sources/wire/avro/skip.js';
import { long } from './reference.js';

/** Bytes that are passed over. */
function passed(schema: AvroSchema, ...parts: (Buffer | number)[]): number {
  const bytes = Buffer.concat(parts.map((part) => (typeof part === 'number' ? long(part) : part)));
  const cursor: Cursor = { bytes, at: 0 };
  skipOf(canonical(schema), new Map()).pass(cursor, 0);
  return cursor.at;
}
const record = (name: string, ...types: AvroSchema[]): AvroSchema => ({
  type: 'record',
  name,
  fields: types.map((type, i) => ({ name: `f${i}`, type })),
});
const array = (items: AvroSchema): AvroSchema => ({ type: 'array', items });

test('blocks of an array, with and without their size', () => {
  const three = Buffer.from('\x02a\x02b\x02c');
  expect(passed(array('string'), 3, three, 0)).toBe(8);
  expect(passed(array('string'), -3, 6, three, 1, Buffer.from([0]), 0)).toBe(11);
  expect(passed(array('double'), 2, Buffer.alloc(16), 0)).toBe(18);
});

test('a record of fixed sizes is one step, also by name', () => {
  const pair = record('p', 'float', 'double', { type: 'fixed', name: 'q', size: 4 });
  expect(skipOf(canonical(record('r', pair, 'p', 'q', 'null')), new Map()).bytes).toBe(36);
  expect(skipOf(canonical(record('r', pair, 'string')), new Map()).bytes).toBeUndefined();
});

test('items of no size cost no steps', () => {
  expect(passed(array('null'), 1e15, 0)).toBe(9);
  const blocks = Array.from({ length: 100_000 }, () => long(1e9));
  expect(passed(array(record('empty', 'null')), ...blocks, 0)).toBe(500_001);
  // 2^60 fields of nothing.
  const doubled = Array.from({ length: 60 }).reduce<AvroSchema>(
    (inner, _, i) => record(`r${i}`, inner, typeof inner === 'string' ? inner : `r${i - 1}`),
    'null',
  );
  expect(passed(doubled)).toBe(0);
});

const node = record('node', ['null', 'node']);
test.each<[string, AvroSchema, Buffer]>([
  ['a value runs past the end', array('double'), long(1e9)],
  ['an array states 1000000000 items', array('string'), Buffer.concat([long(1e9), Buffer.alloc(4)])],
  ['an array states NaN items', array('string'), long(2n ** 62n)],
  ['an array states 9 items', { type: 'map', values: 'null' }, Buffer.concat([long(9), Buffer.alloc(8)])],
  ['a value runs past the end', array('string'), Buffer.concat([long(-1), long(1e9)])],
  ['a value runs past the end', array('string'), Buffer.concat([long(-1), long(-1)])],
  ['a value runs past the end', 'string', long(1e12)],
  ['a value runs past the end', 'bytes', long(-5)],
  ['a value runs past the end', 'string', long(2n ** 63n - 1n)],
  ['a value runs past the end', { type: 'fixed', name: 'f', size: 9e15 }, Buffer.alloc(8)],
  ['a union has no branch 2', ['null', 'int'], long(2)],
  ['a union has no branch -1', ['null', 'int'], long(-1)],
  ['a number is longer than 10 bytes', 'long', Buffer.alloc(40, 255)],
  ['a value is nested more than 200 deep', node, Buffer.alloc(1 << 20, 2)],
  ['a value is nested more than 200 deep', record('endless', 'endless'), Buffer.alloc(8)],
  ['a value is nested more than 200 deep', record('wide', array('wide')), Buffer.alloc(1 << 20, 2)],
])('refused: %s', (what, schema, bytes) => {
  expect(() => passed(schema, bytes)).toThrow(what);
});
