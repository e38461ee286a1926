import { expect, test } from 'vitest';
import { layoutOf } from '../../../../sources/arrow/layout.js';
import type { Field } from '../../../../sources/arrow/schema.js';
import { planOf } from '../../../../sources/wire/arrow/plan.js';

const field = (name: string, type: Field['type'], detail = 0): Field => ({ name, type, children: [], detail, size: 0 });
const fields = [field('i8', 'int', 8), field('u32', 'int', -32), field('i64', 'int', 64), field('f16', 'float', 0)];
const layout = layoutOf([...fields, field('f32', 'float', 1), field('f64', 'float', 2), field('none', 'null')]);

// int → long → float → double (Avro 1.12, "Schema Resolution"); never the other way.
test.each([
  ['i8', 'int long float double'],
  ['u32', 'long float double'],
  ['i64', 'long float double'],
  ['f16', 'float double'],
  ['f32', 'float double'],
  ['f64', 'double'],
])('%s is read as %s', (name, readable) => {
  for (const type of ['int', 'long', 'float', 'double'] as const) {
    const plan = (): unknown => planOf(layout, [{ name, type }]);
    if (readable.split(' ').includes(type)) expect(plan()).toEqual([{ name, place: layout.places.get(name) }]);
    else expect(plan).toThrow(`its column '${name}' is ${name}, which is wider than ${type}: narrowing is refused`);
  }
});

test('columns without numbers are refused', () => {
  expect(() => planOf(layout, [{ name: 'none', type: 'double' }])).toThrow("its column 'none' is null, which holds no");
  expect(() => planOf(layoutOf([]), [{ name: 'x', type: 'double' }])).toThrow("it has no column 'x'");
});
