import { expect, it } from 'vitest';
import { parquet } from '../../sources/duckdb/parquet.js';
import { sources } from '../../sources/index.js';
import { lazily } from '../../sources/lazily.js';
import type { Source } from '../../sources/source.js';

it('loads a source when it is first asked for something, and gives what that gives', async () => {
  let loads = 0;
  const batch = { length: 1, start: 0, columns: new Map([['x', Float64Array.of(3)]]) };
  const source: Source = {
    ...{ format: 'f', extensions: ['f'], ranges: false },
    describe: (path) => Promise.resolve({ columns: [{ name: path, list: false }] }),
    // eslint-disable-next-line @typescript-eslint/require-await -- what comes is here already
    async *read() {
      yield batch;
    },
  };
  const { format, extensions, ranges } = source;
  const lazy = lazily({ format, extensions, ranges }, () => {
    loads++;
    return Promise.resolve(source);
  });
  expect([lazy.format, lazy.extensions, lazy.ranges, loads]).toEqual(['f', ['f'], false, 0]);
  expect(await lazy.describe('x', {})).toEqual({ columns: [{ name: 'x', list: false }] });
  const batches = [];
  for await (const found of lazy.read('x', ['x'], { batchEvents: 8 })) batches.push(found);
  expect(batches).toEqual([batch]);
  expect(loads).toBe(2);
});

it('says of Parquet what its source says', () => {
  const { format, extensions, ranges } = parquet;
  expect(sources.parquet).toMatchObject({ format, extensions, ranges });
});
