import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addRejections, isList, type Rejections } from '../../operators/batch.js';
import type { ReadOptions, Source } from '../../sources/source.js';

export const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/tables/${name}`, import.meta.url));

export type Cell = number | number[];

export interface Read {
  positions: number[];
  columns: Record<string, Cell[]>;
  rejected: Rejections;
  lengths: number[];
}

/** Reads all of a sample; NaN and -0 stay as they are. */
export async function readAll(
  source: Source,
  path: string,
  names: readonly string[],
  options: Partial<ReadOptions> = {},
): Promise<Read> {
  const read: Read = { positions: [], columns: {}, rejected: {}, lengths: [] };
  for (const name of names) read.columns[name] = [];
  for await (const batch of source.read(path, names, { batchEvents: 1000, ...options })) {
    read.lengths.push(batch.length);
    addRejections(read.rejected, batch.rejected);
    for (let i = 0; i < batch.length; i++) read.positions.push(batch.positions?.[i] ?? batch.start + i);
    for (const name of names) {
      const column = batch.columns.get(name)!;
      for (let i = 0; i < batch.length; i++) {
        read.columns[name]!.push(
          isList(column) ? [...column.values.subarray(column.offsets[i], column.offsets[i + 1])] : column[i]!,
        );
      }
    }
  }
  return read;
}

type Stored = number | string | null | (number | null)[];

function cell(stored: Stored): Cell {
  if (Array.isArray(stored)) return stored.map((x) => x ?? NaN);
  if (typeof stored === 'number') return stored;
  return stored === null ? NaN : stored === 'inf' ? Infinity : -Infinity;
}

/** The columns of fixtures/tables/table.json, which make_tables.py wrote. */
export const expected: Record<string, Cell[]> = Object.fromEntries(
  Object.entries(JSON.parse(readFileSync(fixture('table.json'), 'utf8')) as Record<string, Stored[]>).map(
    ([name, column]) => [name, column.map(cell)],
  ),
);

/** The message of the Problem that is thrown. */
export async function problemOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'Problem' && 'exitCode' in thrown && thrown.exitCode === 3) {
      return thrown.message;
    }
    throw thrown;
  }
  throw new Error('nothing was thrown');
}
