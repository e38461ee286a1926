import { expect, test } from 'vitest';
import { isUnion, parseSchema } from '../../../../sources/wire/avro/schema.js';

test('a schema is the JSON of its text', () => {
  expect(parseSchema('{"type":"fixed","name":"a","size":2}', 'a.avsc')).toEqual({ type: 'fixed', name: 'a', size: 2 });
});

test('what is no JSON is named', () => {
  expect(() => parseSchema('record', 'file a.avsc')).toThrow(
    /^Avro schema of file a\.avsc is not JSON \(.*\): give an/,
  );
});

test('unions are lists', () => {
  expect([isUnion(['null', 'int']), isUnion('int'), isUnion({ type: 'array', items: 'int' })]).toEqual([
    true,
    false,
    false,
  ]);
});
