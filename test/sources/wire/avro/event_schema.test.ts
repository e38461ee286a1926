import avsc from 'avsc';
import { expect, test } from 'vitest';
import { canonicalForm } from '../../../../sources/wire/avro/canonical_form.js';
import { eventSchema } from '../../../../sources/wire/avro/event_schema.js';
import type { AvroDeclaration } from '../../../../sources/wire/avro/schema.js';
import { WIRE_KEY, WIRE_POSITION, type WireField } from '../../../../sources/wire/types.js';

const fields: WireField[] = [
  { name: 'gen_l1_pt', type: 'float' },
  { name: WIRE_KEY[0], type: 'long' },
  { name: WIRE_POSITION, type: 'double' },
];

test('one field a column, in order, each with its words', () => {
  const schema = eventSchema('dilepton', fields) as AvroDeclaration;
  expect(canonicalForm(schema)).toBe(
    '{"name":"regimewatch.dilepton","type":"record","fields":[{"name":"gen_l1_pt","type":"float"},' +
      '{"name":"regimewatch_key_lo","type":"long"},{"name":"regimewatch_position","type":"double"}]}',
  );
  expect(schema.doc).toContain('dilepton');
  expect(schema.fields?.map(({ doc }) => doc)).toEqual([
    'Column gen_l1_pt of the event.',
    'Lower 32 bits of the hash that names the event.',
    'Number of the event in the sample that it came from.',
  ]);
});

test("a pipeline's name becomes one that Avro knows", () => {
  for (const [pipeline, name] of [
    ['z-to-ll', 'z_to_ll'],
    ['2mu', '_2mu'],
  ]) {
    const type = avsc.Type.forSchema(eventSchema(pipeline!, fields) as avsc.Schema);
    expect(type.name).toBe(`regimewatch.${name!}`);
  }
});

test('a column that Avro cannot name is refused', () => {
  expect(() => eventSchema('a', [{ name: 'x-y', type: 'int' }])).toThrow("column 'x-y' cannot be an Avro field");
});
