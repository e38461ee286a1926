import { expect, test } from 'vitest';
import { DOUBLE, FILL, PASS, programOf, SKIP, UNION } from '../../../../sources/wire/avro/program.js';

test('fields of known size side by side are passed over in one step', () => {
  const types = [
    'double',
    'float',
    { type: 'fixed', name: 'f', size: 5 },
    'string',
    'boolean',
    ['null', 'double'],
    'int',
  ];
  const fields = types.map((type, i) => ({ name: `f${i}`, type }));
  const program = programOf({ type: 'record', name: 'e', fields }, [
    { name: 'f5', type: 'double' },
    { name: 'f0', type: 'double' },
    { name: 'absent', type: 'double', default: 2 },
  ]);
  expect([...program.code]).toEqual([DOUBLE, SKIP, PASS, SKIP, UNION, PASS, FILL]);
  expect([...program.target]).toEqual([1, -1, -1, -1, 0, -1, 2]);
  expect([...program.number]).toEqual([0, 9, 0, 1, 0, 0, 2]);
  expect(program.branches[4]).toEqual(Uint8Array.from([0, DOUBLE]));
});
