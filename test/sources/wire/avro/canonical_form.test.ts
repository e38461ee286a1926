import avsc from 'avsc';
import { expect, test } from 'vitest';
import { canonicalForm } from '../../../../sources/wire/avro/canonical_form.js';
import { eventSchema } from '../../../../sources/wire/avro/event_schema.js';
import type { AvroSchema } from '../../../../sources/wire/avro/schema.js';
import { reference } from './reference.js';

test('the forms that fastavro gives', () => {
  for (const { schema, canonical } of reference.forms) expect(canonicalForm(schema)).toBe(canonical);
});

test('the form that avsc gives of an event schema', () => {
  const schema = eventSchema('dilepton', [
    { name: 'pt', type: 'float' },
    { name: 'run', type: 'long' },
  ]);
  const theirs = avsc.Type.forSchema(schema as avsc.Schema).schema();
  expect(canonicalForm(schema)).toBe(JSON.stringify(theirs));
});

test('a form is its own form', () => {
  for (const { canonical } of reference.forms) {
    expect(canonicalForm(JSON.parse(canonical) as AvroSchema)).toBe(canonical);
  }
});

test('an enclosing namespace ends where a name or an empty namespace says so', () => {
  const fixed = (name: string, namespace?: string): AvroSchema => ({
    type: 'fixed',
    name,
    size: 1,
    ...(namespace === undefined ? {} : { namespace }),
  });
  const types = [fixed('a'), fixed('x.b'), fixed('c', ''), fixed('d', 'y'), 'a', 'x.b', 'c', 'y.d'];
  const schema = {
    type: 'record',
    name: 'r',
    namespace: 'n',
    fields: types.map((type, i) => ({ name: `f${i}`, type })),
  };
  const form = JSON.parse(canonicalForm(schema)) as { fields: { type: string | { name: string } }[] };
  expect(form.fields.map(({ type }) => (typeof type === 'string' ? type : type.name))).toEqual([
    'n.a',
    'x.b',
    'c',
    'y.d',
    'n.a',
    'x.b',
    'c',
    'y.d',
  ]);
});

const record = (...fields: unknown[]): unknown => ({ type: 'record', name: 'r', fields });
test.each<[string, unknown]>([
  ["type 'flot' is not declared", record({ name: 'x', type: 'flot' })],
  ["'r' is declared twice", record({ name: 'x', type: record() })],
  ["field 'x' of 'r' is declared twice", record({ name: 'x', type: 'int' }, { name: 'x', type: 'int' })],
  ["field 0 of 'r' has no name", record({ type: 'int' })],
  ["field 0 of 'r' has no name", record(null)],
  ["record 'r' has no fields", { type: 'record', name: 'r' }],
  ['a record has no proper name', { type: 'record', name: '9', fields: [] }],
  ["enum 'e' has no symbols", { type: 'enum', name: 'e', symbols: [1] }],
  ["fixed 'f' has no proper size", { type: 'fixed', name: 'f', size: -1 }],
  ["fixed 'f' has no proper size", { type: 'fixed', name: 'f', size: 1e300 }],
  ['a type is neither a name', null],
  ['a type is neither a name', { type: 7 }],
  ['a type is neither a name', { type: 'array' }],
  ['it is nested more than 100 deep', JSON.parse('['.repeat(5000) + ']'.repeat(5000))],
])('refused: %s', (what, schema) => {
  expect(() => canonicalForm(schema as AvroSchema)).toThrow(what);
  expect(() => canonicalForm(schema as AvroSchema)).toThrow(
    /^Avro schema( 'r'| 'e'| 'f'| '9')? is not valid: .*; mend the schema$/,
  );
});
