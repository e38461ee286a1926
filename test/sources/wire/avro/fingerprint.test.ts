import avsc from 'avsc';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalForm } from '../../../../sources/wire/avro/canonical_form.js';
import { fingerprint } from '../../../../sources/wire/avro/fingerprint.js';
import { numbers, reference } from './reference.js';

test("the fingerprints of Apache Avro's own test data", () => {
  for (const { schema, fingerprint: signed } of reference.published) {
    expect(fingerprint(schema).readBigInt64LE(), JSON.stringify(schema)).toBe(BigInt(signed));
  }
});

test('the fingerprints that fastavro gives, least byte first', () => {
  for (const { schema, fingerprint: hex } of reference.forms) expect(fingerprint(schema).toString('hex')).toBe(hex);
});

test('the form is the one whose MD5 avsc takes', () => {
  const theirs = avsc.Type.forSchema(numbers.schema as avsc.Schema).fingerprint('md5');
  expect(createHash('md5').update(canonicalForm(numbers.schema)).digest()).toEqual(theirs);
});
