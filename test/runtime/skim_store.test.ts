import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SkimChunk } from '../../runtime/skim.js';
import { addChunk, addChunkBehind, closeStore, readChunks, readEntry, skimStore } from '../../runtime/skim_store.js';
import { chunkOf } from '../support/chunk.js';
import { problemOf } from '../support/problem_of.js';
import { scratch } from '../support/scratch.js';

const folder = scratch();
const everything = { columns: ['x', 'y'], keys: true };

const chunks = [0, 1, 2, 3, 4].map((n) => {
  const length = [7, 1, 0, 300, 12][n]!;
  const column = (by: number): number[] => Array.from({ length }, (_, i) => (i - 3) * by + n);
  return chunkOf(n % 2, column(1), column(2), { x: column(0.1), y: column(-1e300) });
});
const filled = chunks.filter(({ length }) => length > 0);

/** Copies, since a chunk from the file is good until the next is asked for. */
const contents = (store: ReturnType<typeof skimStore>, wish = everything): SkimChunk[] => {
  const out: SkimChunk[] = [];
  for (const chunk of readChunks(store, wish)) out.push(structuredClone(chunk));
  return out;
};
const columnsOf = ({ columns, length, sample, split }: SkimChunk) => ({
  sample,
  length,
  split: [...split],
  columns: [...columns].map(([name, x]) => [name, [...x]]),
});
const keysOf = ({ position, keyLo, keyHi }: SkimChunk) => [[...position], [...keyLo], [...keyHi]];

describe.each([
  ['in memory', 2 ** 20],
  ['in memory and then in a file', 200],
  ['in a file', 0],
])('%s', (_, maxBytes) => {
  test('gives back what was added, in its order, as often as asked', () => {
    const store = skimStore(maxBytes, folder);
    for (const chunk of chunks) addChunk(store, chunk);
    for (let pass = 0; pass < 2; pass++) {
      const read = contents(store);
      expect(read.map(columnsOf)).toEqual(filled.map(columnsOf));
      expect(read.map(keysOf)).toEqual(filled.map(keysOf));
    }
    const few = contents(store, { columns: ['y'], keys: false });
    expect(few.map(({ columns }) => [...(columns.get('y') ?? [])])).toEqual(
      filled.map(({ columns }) => [...columns.get('y')!]),
    );
    expect([...readEntry(store, 2, everything)!.position]).toEqual([...filled[2]!.position]);
    expect(readEntry(store, filled.length, everything)).toBeNull();
    closeStore(store);
  });

  test('gives back what was written behind, though its columns were used again', async () => {
    const store = skimStore(maxBytes, folder);
    for (const chunk of chunks) {
      const passing = structuredClone(chunk);
      await addChunkBehind(store, passing);
      for (const x of [...passing.columns.values(), passing.position]) x.fill(7);
    }
    await store.written;
    expect(contents(store).map(columnsOf)).toEqual(filled.map(columnsOf));
    expect(contents(store).map(keysOf)).toEqual(filled.map(keysOf));
    closeStore(store);
  });

  test('takes in chunks while it is read between them', () => {
    const store = skimStore(maxBytes, folder);
    chunks.forEach((chunk) => {
      addChunk(store, chunk);
      contents(store);
    });
    expect(contents(store).map(keysOf)).toEqual(filled.map(keysOf));
    closeStore(store);
  });

  test('does not see what is done later to a column that was added', () => {
    const store = skimStore(maxBytes, folder);
    const chunk = chunkOf(0, [1, 2], [0, 1], { x: [3, 4], y: [5, 6] });
    addChunk(store, chunk);
    chunk.columns.get('x')!.fill(0);
    chunk.position.fill(9);
    const [read] = contents(store);
    expect([...read!.columns.get('x')!]).toEqual([3, 4]);
    expect([...read!.position]).toEqual([0, 1]);
    closeStore(store);
  });

  test('leaves no file', () => {
    const own = join(folder, `own-${maxBytes}`);
    mkdirSync(own);
    const store = skimStore(maxBytes, own);
    for (const chunk of chunks) addChunk(store, chunk);
    closeStore(store);
    expect(readdirSync(own)).toEqual([]);
    closeStore(store);
  });
});

test('a temporary folder that cannot be used is named, with what to do', async () => {
  const file = join(folder, 'no-folder');
  writeFileSync(file, '');
  for (const wrong of [join(folder, 'missing'), file]) {
    const problem = await problemOf(() => {
      addChunk(skimStore(0, wrong), filled[0]!);
    });
    const behind = skimStore(0, wrong);
    await addChunkBehind(behind, filled[0]!);
    await expect(behind.written).rejects.toThrow(problem.message.slice(0, 30));
    await expect(addChunkBehind(behind, filled[0]!)).rejects.toThrow(`temporary folder ${wrong}: `);
    expect(problem.message).toContain(`temporary folder ${wrong}: `);
    expect(problem.message).toMatch(/; set TMPDIR to one with more room$/);
    expect(problem.exitCode).toBe(1);
  }
});
