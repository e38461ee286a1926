import { expect, test } from 'vitest';
import { resolve } from '../../../../sources/wire/avro/resolve.js';
import type { AvroSchema } from '../../../../sources/wire/avro/schema.js';
import type { WireField } from '../../../../sources/wire/types.js';

const writer = (type: AvroSchema): AvroSchema => ({ type: 'record', name: 'n.e', fields: [{ name: 'x', type }] });

const types = ['int', 'long', 'float', 'double'] as const;
/** Avro 1.12 specification, "Schema Resolution": what may be read as what. */
const allowed: Record<string, readonly string[]> = {
  boolean: types,
  int: types,
  long: ['long', 'float', 'double'],
  float: ['float', 'double'],
  double: ['double'],
  string: [],
  null: [],
};

test('promotions are those of the specification, narrowing is refused', () => {
  for (const [stored, into] of Object.entries(allowed)) {
    for (const type of types) {
      const needed: WireField[] = [{ name: 'x', type }];
      for (const nullable of [false, true]) {
        const to = (): unknown => resolve(writer(nullable ? ['null', stored] : stored), needed);
        const shown = nullable ? `null or ${stored}` : stored;
        if (into.includes(type)) expect(to).not.toThrow();
        else {
          expect(to).toThrow(
            `Avro schema 'n.e' stores field 'x' as ${shown}, but the pipeline needs ${type}: write it as ${type}`,
          );
        }
      }
    }
  }
});

test('a missing field is refused unless it has a default', () => {
  const needed = { name: 'y', type: 'double' } as const;
  expect(() => resolve(writer('int'), [needed])).toThrow(
    "Avro schema 'n.e' has no field 'y' (nearest 'x'), which the pipeline needs: write the field as double",
  );
  expect(resolve(writer('int'), [{ ...needed, default: NaN }]).steps.at(-1)).toEqual({ fill: NaN, column: 0 });
  expect(() => resolve({ type: 'record', name: 'e', fields: [] }, [needed])).toThrow("has no field 'y', which");
});

test('an alias names the field of an older writer; the name itself goes first', () => {
  const aliased = { name: 'pt', type: 'double', aliases: ['q', 'x'] } as const;
  expect(resolve(writer('float'), [aliased]).steps).toEqual([{ read: 'float', column: 0 }]);
  const both = { type: 'record', name: 'e', fields: ['x', 'pt'].map((name) => ({ name, type: 'int' })) };
  expect(resolve(both, [aliased]).steps.at(-1)).toEqual({ read: 'int', column: 0 });
});

test('what is not needed is passed over, whatever it is', () => {
  const fields = [
    { name: 'added', type: ['null', 'string'], default: null },
    { name: 'x', type: ['null', 'int', 'float'] },
  ];
  const plan = resolve({ type: 'record', name: 'e', fields }, [{ name: 'x', type: 'double' }]);
  expect(plan.name).toBe('e');
  expect(plan.steps[1]).toEqual({ branches: ['null', 'int', 'float'], column: 0 });
});

test('events are records', () => {
  expect(() => resolve(['null', 'int'], [])).toThrow('Avro schema is null or int, not a record: write each event');
  expect(() => resolve({ type: 'array', items: 'int' }, [])).toThrow('Avro schema is array, not a record');
});
