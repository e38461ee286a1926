import { expect, test } from 'vitest';
import {
  BOOLEAN,
  DOUBLE,
  FLOAT,
  LONG,
  NULL,
  OTHER,
  PASS,
  programOf,
  SKIP,
  UNION,
} from '../../../sources/avro/program.js';
import { fieldsOf } from '../../../sources/avro/schema.js';
import type { Schema } from '../../../sources/avro/skipper.js';

const record = (types: Record<string, Schema>): Schema => ({
  type: 'record',
  name: 'Event',
  fields: Object.entries(types).map(([name, type]) => ({ name, type })),
});
const fields = fieldsOf(
  record({
    a: 'float',
    b: { type: 'double' },
    run: 'long',
    good: 'boolean',
    label: 'string',
    maybe: ['null', 'float'],
    mixed: ['int', { type: 'double' }, 'null'],
    jets: { type: 'array', items: 'float' },
  }),
);

test('a step for each wanted field, singles where all that it may hold is single', () => {
  const { code, single, branches } = programOf(fields, new Set(['a', 'b', 'run', 'good', 'maybe', 'mixed', 'jets']));
  expect([...code]).toEqual([FLOAT, DOUBLE, LONG, BOOLEAN, PASS, UNION, UNION, OTHER]);
  expect([...single]).toEqual([1, 0, 0, 0, 0, 1, 0, 1]);
  expect(branches.slice(5, 7).map((each) => [...each])).toEqual([
    [NULL, FLOAT],
    [LONG, DOUBLE, NULL],
  ]);
});

test('neighbours of known size are passed over in one step, the others by their bytes', () => {
  const { code, bytes, fields: left } = programOf(fields, new Set(['good']));
  expect([...code]).toEqual([SKIP, PASS, BOOLEAN, PASS, PASS, PASS, PASS]);
  expect(bytes[0]).toBe(12);
  expect(left.map(({ name }) => name)).toEqual(['a', 'run', 'good', 'label', 'maybe', 'mixed', 'jets']);
});
