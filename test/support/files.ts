import type { Batch } from '../../operators/batch.js';
import { writeSample } from '../../sources/generator/write_sample.js';

/** Columns of numbers by name, all of one length. */
export type Table = Readonly<Record<string, readonly number[]>>;

/** Writes a table as a sample in the format that the file's ending names. */
export async function writeTable(file: string, table: Table, batchEvents = 1000): Promise<string> {
  const names = Object.keys(table);
  const total = table[names[0]!]!.length;
  // eslint-disable-next-line @typescript-eslint/require-await -- the writers take an async stream
  async function* batches(): AsyncGenerator<Batch> {
    for (let start = 0; start < total; start += batchEvents) {
      const length = Math.min(batchEvents, total - start);
      const columns = names.map(
        (name) => [name, Float64Array.from(table[name]!.slice(start, start + length))] as const,
      );
      yield { start, length, columns: new Map(columns) };
    }
  }
  await writeSample(file, batches(), names);
  return file;
}

/** The rows of a table from ≤ i < to. */
export const rows = (table: Table, from: number, to: number): Table =>
  Object.fromEntries(Object.entries(table).map(([name, x]) => [name, x.slice(from, to)]));

/** The rows of a table in another order. */
export const reordered = (table: Table, order: readonly number[]): Table =>
  Object.fromEntries(Object.entries(table).map(([name, x]) => [name, order.map((i) => x[i]!)]));
