import { expect, test } from 'vitest';
import { arrow } from '../../../sources/arrow/arrow.js';
import { expected, fixture, problemOf, readAll } from '../read_table.js';

test('types that other formats lack: half precision, fixed and large lists, unsigned integers', async () => {
  const path = fixture('odd.arrow');
  for (const batchEvents of [1, 3, 8]) {
    const { columns } = await readAll(arrow, path, ['half', 'pair', 'large', 'unsigned', 'nothing'], { batchEvents });
    // 0.1 in half precision is 1638.25 / 2^14, rounded to 1638 (IEEE 754-2019, binary16).
    expect(columns['half']).toEqual([0, 1, -2.5, Infinity, 65504, 2 ** -24, NaN, 1638 / 2 ** 14]);
    expect(columns['pair']).toEqual(Array.from({ length: 8 }, (_, i) => (i === 2 ? [] : [i, i + 0.5])));
    expect(columns['large']).toEqual(Array.from({ length: 8 }, (_, i) => Array<number>(i % 3).fill(i)));
    expect(columns['unsigned']).toEqual([NaN, 2 ** 53, 5, NaN, 0, 1, 2, 3]);
    expect(columns['nothing']).toEqual(Array(8).fill(NaN));
  }
  const info = await arrow.describe(path, {});
  expect(info.columns.map(({ name }) => name)).toEqual(['nothing', 'half', 'pair', 'large', 'unsigned']);
  expect(await problemOf(() => readAll(arrow, path, ['struct']))).toContain("column 'struct' is struct");
  expect(await problemOf(() => readAll(arrow, path, ['dictionary']))).toContain("column 'dictionary' is dictionary");
});

test('columns keep the type of the file', async () => {
  for await (const { columns } of arrow.read(fixture('table.arrow'), ['pt', 'eta', 'charge', 'count', 'event'], {
    batchEvents: 100,
  })) {
    expect(columns.get('pt')).toBeInstanceOf(Float32Array);
    expect(columns.get('eta')).toBeInstanceOf(Float64Array);
    expect(columns.get('charge')).toBeInstanceOf(Int32Array);
    expect(columns.get('count')).toBeInstanceOf(Float64Array); // It has nulls.
    expect(columns.get('event')).toBeInstanceOf(Float64Array);
  }
});

test('ZSTD is expanded', async () => {
  const { columns } = await readAll(arrow, fixture('zstd.arrow'), ['eta', 'jets']);
  expect(columns).toEqual({ eta: expected['eta'], jets: expected['jets'] });
});
