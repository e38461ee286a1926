import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { root } from '../../../sources/root/root.js';
import { fixture, problemOf, readAll } from '../read_table.js';

interface Summary {
  readonly first: number;
  readonly last: number;
  readonly sum: number;
}

test('a file of ROOT holds what uproot finds in it', async () => {
  const path = fixture('uproot-zmumu.root');
  const found = JSON.parse(readFileSync(fixture('zmumu.json'), 'utf8')) as Record<string, Summary>;
  const names = Object.keys(found);
  expect((await root.describe(path, {})).events).toBe(2304);
  for (const batchEvents of [100, 5000]) {
    const { columns } = await readAll(root, path, names, { batchEvents });
    for (const [name, { first, last, sum }] of Object.entries(found)) {
      const values = columns[name] as number[];
      expect(values).toHaveLength(2304);
      expect(values[0]).toBe(first);
      expect(values.at(-1)).toBe(last);
      expect(values.reduce((a, b) => a + b)).toBeCloseTo(sum, 6);
    }
  }
  expect(await problemOf(() => readAll(root, path, ['Type']))).toContain("column 'Type' is TLeafC");
});

test('an array of fixed length is a list', async () => {
  const { columns } = await readAll(root, fixture('table.root'), ['eta', 'pair'], { batchEvents: 7 });
  expect(columns['pair']).toEqual(columns['eta']!.map((eta) => [eta, eta]));
});

test('one of several trees is chosen by name', async () => {
  const path = fixture('two_trees.root');
  expect((await readAll(root, path, ['x'], { tree: 'first' })).columns).toEqual({ x: [0, 1, 2, 3, 4] });
  expect((await readAll(root, path, ['x'], { tree: 'folder/second' })).columns).toEqual({ x: [0, 1, 2] });
  expect((await root.describe(path, { tree: 'folder/second' })).events).toBe(3);
  expect(await problemOf(() => readAll(root, path, ['x']))).toBe(
    `${path}: ROOT file holds several trees: choose one with sources.root.tree; it has: first, folder/second`,
  );
  expect(await problemOf(() => readAll(root, path, ['x'], { tree: 'third' }))).toContain("holds no tree 'third'");
});

test('nothing is said on the console, which is left as it was', async () => {
  const log = vi.spyOn(console, 'log');
  const warn = vi.spyOn(console, 'warn');
  const error = vi.spyOn(console, 'error');
  const before = console.log;
  await Promise.all([
    readAll(root, fixture('table.root'), ['pt']),
    problemOf(() => root.describe(fixture('table.parquet'), {})),
  ]);
  expect(console.log).toBe(before);
  for (const spy of [log, warn, error]) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
});

test('without jsroot, one line says how to get it', async () => {
  vi.resetModules();
  vi.doMock('jsroot/io', () => {
    throw new Error('Cannot find package');
  });
  const { root: alone } = await import('../../../sources/root/root.js');
  await expect(alone.describe(fixture('table.root'), {})).rejects.toThrow(
    'ROOT files are read with jsroot, which is not installed: npm install jsroot',
  );
  vi.doUnmock('jsroot/io');
});
