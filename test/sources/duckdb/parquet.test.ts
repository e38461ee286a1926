import { copyFileSync, mkdtempSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parquet } from '../../../sources/duckdb/parquet.js';
import { expected, fixture, problemOf, readAll } from '../read_table.js';

const scratch = mkdtempSync(join(tmpdir(), 'parquet-'));

test('floats stay floats, all other numbers are doubles', async () => {
  for await (const { columns } of parquet.read(fixture('table.parquet'), ['pt', 'charge', 'jets', 'good'], {
    batchEvents: 30,
  })) {
    expect(columns.get('pt')).toBeInstanceOf(Float32Array);
    expect(columns.get('charge')).toBeInstanceOf(Float64Array);
    expect(columns.get('good')).toBeInstanceOf(Float64Array);
    expect(columns.get('jets')).toMatchObject({ values: expect.any(Float32Array) as unknown });
  }
});

test('several files are read at the same time', async () => {
  const names = ['table.parquet', 'one_group.parquet', 'table.parquet'];
  const reads = await Promise.all(
    names.map((name) => readAll(parquet, fixture(name), ['eta', 'event'], { batchEvents: 3 })),
  );
  for (const { columns } of reads) expect(columns).toEqual({ eta: expected['eta'], event: expected['event'] });
});

test('a file written anew under the same name is read anew', async () => {
  const path = join(scratch, 'again.parquet');
  copyFileSync(fixture('table.parquet'), path);
  await readAll(parquet, path, ['pt']);
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.subarray(0, bytes.length - 4));
  expect(await problemOf(() => readAll(parquet, path, ['pt']))).toContain('Parquet file is cut off or damaged');
  copyFileSync(fixture('one_group.parquet'), path);
  expect((await readAll(parquet, path, ['pt'])).columns['pt']).toEqual(expected['pt']);
});

test('text is named as what it is', async () => {
  const path = fixture('table.parquet');
  expect(await problemOf(() => readAll(parquet, path, ['label']))).toBe(
    `${path}: column 'label' is VARCHAR, which holds no plain numbers; it has: pt, jets, eta, event, charge, good, mass, count`,
  );
});
