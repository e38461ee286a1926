import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readColumns, writeColumns } from '../../../bench/chain/columns.js';
import { WORKLOAD } from '../../../bench/chain/workload.js';
import { parseGeneratorPath } from '../../../sources/generator/path.js';
import { generatorSource } from '../../../sources/generator/generator.js';

const folder = mkdtempSync(join(tmpdir(), 'regimewatch-chain-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('twelve files of little-endian singles: the generated sample of the dilepton pipeline, however long it is', async () => {
  let told = 0;
  await writeColumns(folder, 17_000, (more) => (told += more));
  expect(told).toBe(17_000);
  for (const name of WORKLOAD.columns) expect(statSync(join(folder, `${name}.f32`)).size).toBe(4 * 17_000);
  const columns = readColumns(folder, 1000);
  const source = generatorSource(parseGeneratorPath('generator:1000?seed=1&high_pt=0.3'));
  for await (const { columns: generated } of source.read(WORKLOAD.columns.slice(0, 6), { batchEvents: 1000 })) {
    WORKLOAD.columns.slice(0, 6).forEach((name, c) => {
      expect(columns[c]).toEqual(Float32Array.from(generated.get(name) as Float64Array));
    });
  }
  // The reconstruction is another than the truth, by some per cent.
  const ratio = columns[6]!.map((pt, i) => Math.abs(pt / columns[0]![i]! - 1)).sort()[500]!;
  expect(ratio).toBeGreaterThan(0.003);
  expect(ratio).toBeLessThan(0.05);
});
