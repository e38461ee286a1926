import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../operators/problem.js';
import { FIXED_LISTS, FIXED_SCALARS } from '../../../sources/lhe/columns.js';
import { lhe } from '../../../sources/lhe/lhe.js';
import { collect, fixture, type Sample } from './collect.js';

type Table = Record<string, (number | null)[]>;
interface Expected {
  positions: number[];
  rejected?: Record<string, number>;
  columns: Table;
  described: string[];
}
const json = (name: string): unknown => JSON.parse(readFileSync(fixture(name), 'utf8'));
const read = (path: string, columns: readonly string[]): Promise<Sample> =>
  collect(lhe.read(path, columns, { batchEvents: 4 }));

/** Angles are computed (here and in Python) to a few units in the last place; all else is exact. */
function expectClose(name: string, values: readonly number[], expected: readonly (number | null)[]): void {
  expect(values.length, name).toBe(expected.length);
  values.forEach((value, i) => {
    const wanted = expected[i] ?? NaN;
    if (/_(eta|phi)$/.test(name)) expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-15 * Math.abs(wanted));
    else expect(value, `${name} of event ${i}`).toBe(wanted);
  });
}

describe('values equal those of pylhe', () => {
  const all = json('pylhe.json') as Record<string, { columns: Table; lists: Record<string, number[][]> }>;
  for (const [name, { columns, lists }] of Object.entries(all)) {
    test(name, async () => {
      const sample = await read(fixture(name), [...Object.keys(columns), ...Object.keys(lists)]);
      for (const [column, expected] of Object.entries(columns)) expectClose(column, sample.columns[column]!, expected);
      for (const [column, expected] of Object.entries(lists)) {
        expect(sample.lists[column]!.map((row) => row.map((x) => x + 0))).toEqual(
          expected.map((row) => row.map((x) => x + 0)),
        );
      }
      expect(sample.rejected).toEqual({});
    });
  }
});

describe('dialects, oddities and damage', () => {
  for (const [name, expected] of Object.entries(json('expected.json') as Record<string, Expected>)) {
    test(name, async () => {
      const sample = await read(fixture(name), Object.keys(expected.columns));
      expect(sample.positions).toEqual(expected.positions);
      expect(sample.rejected).toEqual(expected.rejected ?? {});
      for (const [column, values] of Object.entries(expected.columns))
        expectClose(column, sample.columns[column]!, values);
      const { columns, fixed, events } = await lhe.describe(fixture(name), {});
      expect({ fixed, events }).toEqual({ fixed: true, events: undefined });
      const scalars = columns.filter(({ list }) => !list).map((column) => column.name);
      expect(scalars).toEqual([...FIXED_SCALARS, ...expected.described]);
      expect(columns.filter(({ list }) => list).map((column) => column.name)).toEqual(FIXED_LISTS);
    });
  }
});

const folder = mkdtempSync(join(tmpdir(), 'lhe-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const sample = readFileSync(fixture('madgraph5_mlm.lhe'));
const zipped = gzipSync(sample);
const damaged = Buffer.from(zipped);
damaged[damaged.length - 6]! ^= 1;

/** Bytes that do not compress, so that many pieces of gzip data come before the damage. */
const noise = Array.from(
  { length: 50_000 },
  (_, i) => `<!-- ${(Math.imul(i + 1, 2654435761) >>> 0).toString(36)} -->\n`,
);
const large = gzipSync(Buffer.concat([sample, Buffer.from(noise.join(''))]));
large[large.length - 2000] = 255 ^ large[large.length - 2000]!;

describe('a file that cannot be used', () => {
  const html = '<!DOCTYPE html><html></html>';
  test.each<[string, string | Buffer, string]>([
    ['empty.lhe', '', 'the file is empty'],
    ['empty.lhe.gz', gzipSync(''), 'the file is empty'],
    ['table.lhe', 'PAR1\x15\x04', 'no <LesHouchesEvents> tag, it looks like a Parquet file; give an LHE file'],
    ['page.lhe', html, 'it looks like a web page'],
    ['binary.lhe', Buffer.from([0, 1, 2, 3]), 'it looks like binary data'],
    ['twice.lhe.gz', gzipSync(zipped), 'it looks like a gzip file inside a gzip file'],
    ['long.lhe', 'x,y\n1,2\n'.repeat(300_000), 'it looks like text that begins "x,y"'],
    ['header.lhe.gz', zipped.subarray(0, 300), 'the gzip stream ends before the first event; fetch the file again'],
    [
      'crc.lhe.gz',
      damaged,
      'the gzip data are corrupt (incorrect data check); 0 events were read before; fetch the file again',
    ],
    ['noise.lhe.gz', large, '; 20 events were read before; fetch the file again'],
  ])('%s', async (name, content, message) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    const reading = read(path, ['weight']);
    await expect(reading).rejects.toBeInstanceOf(Problem);
    await expect(reading).rejects.toMatchObject({ exitCode: 3 });
    await expect(reading).rejects.toThrow(`${path}: `);
    await expect(reading).rejects.toThrow(message);
    if (!/^(header|noise)/.test(name)) await expect(lhe.describe(path, {})).rejects.toThrow(message);
  });

  test('a directory, and no file at all', async () => {
    await expect(read(folder, ['weight'])).rejects.toThrow(`${folder}: this is a directory; name the files in it`);
    await expect(read(join(folder, 'none.lhe'), ['weight'])).rejects.toMatchObject({ exitCode: 3 });
    await expect(lhe.describe(join(folder, 'none.lhe'), {})).rejects.toMatchObject({ exitCode: 3 });
  });

  test('a column that no LHE file has', async () => {
    const reading = read(fixture('pairs.lhe'), ['reco_l1_pt']);
    await expect(reading).rejects.toMatchObject({ exitCode: 2 });
    await expect(reading).rejects.toThrow('column reco_l1_pt: an LHE file cannot have it');
  });
});

test('gzip is known by its bytes, not by the name; members may follow each other', async () => {
  const plain = await read(fixture('madgraph5_mlm.lhe'), ['gen_l1_pt']);
  writeFileSync(
    join(folder, 'plain_named.lhe'),
    Buffer.concat([gzipSync(sample.subarray(0, 999)), gzipSync(sample.subarray(999))]),
  );
  writeFileSync(join(folder, 'gzip_named.lhe.gz'), sample);
  expect(await read(join(folder, 'plain_named.lhe'), ['gen_l1_pt'])).toEqual(plain);
  expect(await read(join(folder, 'gzip_named.lhe.gz'), ['gen_l1_pt'])).toEqual(plain);
});

test('every cut of a gzip file delivers the complete events and counts one', async () => {
  const path = join(folder, 'cut.lhe.gz');
  let last = 0;
  for (let length = 1500; length < zipped.length; length += 97) {
    writeFileSync(path, zipped.subarray(0, length));
    const { positions, rejected } = await read(path, ['weight']);
    expect(rejected).toEqual({ 'gzip stream ends early': 1 });
    expect(positions.length).toBeGreaterThanOrEqual(last);
    last = positions.length;
  }
  expect(last).toBeGreaterThan(15);
});

test('bytes are reported and stopping early closes the file', async () => {
  const seen: number[] = [];
  const options = { batchEvents: 2, onBytes: (n: number) => seen.push(n) };
  for await (const batch of lhe.read(fixture('madgraph5_mlm.lhe.gz'), ['weight'], options)) {
    expect(batch).toMatchObject({ start: 0, length: 2 });
    break;
  }
  expect(seen).toEqual([readFileSync(fixture('madgraph5_mlm.lhe.gz')).length]);
});
