import { readFileSync, mkdtempSync, writeFileSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSample, sources } from '../../sources/index.js';
import { expected, fixture, problemOf, readAll } from './read_table.js';

const files = [
  'table.parquet',
  'one_group.parquet',
  'table.arrow',
  'table.arrows',
  'lz4.arrow',
  'table.avro',
  'deflate.avro',
  'table.root',
  'table.jsonl',
  'table.csv',
];
const scratch = mkdtempSync(join(tmpdir(), 'tables-'));

describe.each(files)('%s', (file) => {
  const path = fixture(file);
  const names = Object.keys(expected).filter((name) => name !== 'jets' || file !== 'table.csv');

  test('gives the columns and positions of table.json for every batch size', async () => {
    const { source, bytes } = await openSample(path);
    expect(bytes).toBe(readFileSync(path).length);
    for (const batchEvents of [1, 7, 20, 50, 65536]) {
      const read = await readAll(source, path, names, { batchEvents });
      expect(read.positions).toEqual(Array.from({ length: 50 }, (_, i) => i));
      for (const name of names) expect(read.columns[name], name).toEqual(expected[name]);
      expect(read.rejected).toEqual({});
      expect(Math.max(...read.lengths)).toBeLessThanOrEqual(batchEvents);
    }
  });

  test('reads only the columns asked for, in any order, and none at all', async () => {
    const { source } = await openSample(path);
    for (const few of [['mass', 'pt'], ['count'], []]) {
      const read = await readAll(source, path, few, { batchEvents: 9 });
      expect(read.positions).toHaveLength(50);
      for (const name of few) expect(read.columns[name]).toEqual(expected[name]);
    }
  });

  test('reads any range as the same events of the whole', async () => {
    const { source } = await openSample(path);
    if (!source.ranges) return;
    for (const [from, to] of [
      [0, 50],
      [0, 1],
      [13, 14],
      [14, 47],
      [20, 40],
      [49, 50],
      [50, 50],
      [21, 21],
      [45, 1000],
    ] as const) {
      const read = await readAll(source, path, names, { batchEvents: 8, range: { from, to } });
      const last = Math.min(to, 50);
      expect(read.positions).toEqual(Array.from({ length: last - from }, (_, i) => from + i));
      for (const name of names) expect(read.columns[name], name).toEqual(expected[name]!.slice(from, last));
    }
  });

  test('describes its columns', async () => {
    const { source } = await openSample(path);
    const info = await source.describe(path, {});
    for (const name of names) expect(info.columns).toContainEqual({ name, list: name === 'jets' });
    expect(info.columns.map((column) => column.name)).not.toContain('label');
    if (source.ranges) expect(info.events).toBe(50);
  });

  test('names a missing column with the nearest one', async () => {
    const { source } = await openSample(path);
    const message = await problemOf(() => readAll(source, path, ['pt', 'chrage']));
    expect(message).toContain(`${path}: no column 'chrage'; nearest 'charge'; it has: `);
    if (file === 'table.root') return;
    expect(await problemOf(() => readAll(source, path, ['label']))).toMatch(/column 'label' is .*no plain numbers/);
  });

  test('ends with one clear line where the file is cut off, or counts the row', async () => {
    const { source } = await openSample(path);
    const whole = readFileSync(path);
    const cut = join(scratch, file);
    for (const part of [0.02, 0.3, 0.6, 0.9, 0.97]) {
      writeFileSync(cut, whole.subarray(0, Math.floor(whole.length * part)));
      if (source.format === 'csv' || source.format === 'jsonl') {
        if (part < 0.3) continue;
        const read = await readAll(source, cut, ['pt']);
        expect(read.rejected).toEqual({ 'malformed row': 1 });
        expect(read.columns['pt']).toEqual(expected['pt']!.slice(0, read.positions.length));
      } else {
        const message = await problemOf(() => readAll(source, cut, names));
        expect(message.startsWith(`${cut}: `)).toBe(true);
        expect(message).toMatch(/cut off or damaged|cannot be read/);
        expect(message).not.toContain('\n');
      }
    }
  });

  test('never crashes on damaged bytes', async () => {
    const { source } = await openSample(path);
    const whole = readFileSync(path);
    const bad = join(scratch, `bad-${file}`);
    for (let at = 5; at < whole.length; at += Math.ceil(whole.length / 60)) {
      const bytes = Buffer.from(whole);
      for (let k = at; k < Math.min(at + 3, bytes.length); k++) bytes[k] = bytes[k]! ^ 0xff;
      writeFileSync(bad, bytes);
      try {
        await readAll(source, bad, names);
      } catch (thrown) {
        expect(thrown, `${file} at ${at}`).toMatchObject({ name: 'Problem', exitCode: 3 });
      }
    }
  });

  test('stops early and closes the file', async () => {
    const { source } = await openSample(path);
    for await (const batch of source.read(path, ['pt'], { batchEvents: 5 })) {
      expect(batch.length).toBe(5);
      break;
    }
  });

  test('takes any name literally', async () => {
    const { source } = await openSample(path);
    for (const name of ['a b\'c"d', '*', '[x]?', 'y=3', '{a,b}', '%20#']) {
      const odd = join(scratch, `${name}-${file}`);
      copyFileSync(path, odd);
      expect((await readAll(source, odd, ['charge'])).columns['charge']).toEqual(expected['charge']);
    }
  });
});

test('every format has its own name and endings', () => {
  const endings = Object.entries(sources).flatMap(([name, source]) => {
    expect(source.format).toBe(name);
    return source.extensions;
  });
  expect(new Set(endings).size).toBe(endings.length);
});
