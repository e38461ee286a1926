import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { arrowEncoder } from '../../../../sources/wire/arrow/encoder.js';
import { problemOf } from '../../read_table.js';

test('the library reads what is written; NaN of an integer is null', () => {
  const encode = arrowEncoder([
    { name: 'pt', type: 'float' },
    { name: 'eta', type: 'double' },
    { name: 'charge', type: 'int' },
    { name: 'event', type: 'long' },
  ]);
  const columns = [
    Float64Array.of(0.1, NaN, 3),
    Float64Array.of(0.1, NaN, 3),
    Float64Array.of(-1, NaN, 1),
    Float64Array.of(2 ** 53 - 1, NaN, -5),
  ];
  const message = encode(columns, Uint32Array.of(2, 0, 1));
  const table = tableFromIPC(message);
  expect(table.schema.fields.map(({ name, type }) => `${name} ${String(type)}`)).toEqual([
    'pt Float32',
    'eta Float64',
    'charge Int32',
    'event Int64',
  ]);
  const rows = table.toArray().map((row: { toJSON: () => unknown }) => row.toJSON());
  expect(rows).toEqual([
    { pt: 3, eta: 3, charge: 1, event: -5n },
    { pt: Math.fround(0.1), eta: 0.1, charge: -1, event: 2n ** 53n - 1n },
    { pt: NaN, eta: NaN, charge: null, event: null },
  ]);
  expect(encode(columns, Uint32Array.of(2, 0, 1)).equals(message)).toBe(true);
  expect(tableFromIPC(encode(columns, { from: 1, to: 1 })).numRows).toBe(0);
});

test('a number that an integer does not hold is refused', async () => {
  for (const [type, value] of [
    ['int', 0.5],
    ['int', 2 ** 31],
    ['long', 2 ** 53],
    ['long', Infinity],
  ] as const) {
    const encode = arrowEncoder([{ name: 'x', type }]);
    const write = (): Promise<unknown> =>
      Promise.resolve().then(() => encode([Float64Array.of(value)], { from: 0, to: 1 }));
    expect(await problemOf(write)).toBe(`column 'x': ${value} is no ${type}: declare it a double`);
  }
});
