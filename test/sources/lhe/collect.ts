import { fileURLToPath } from 'node:url';
import { addRejections, isList, type Batch, type Rejections } from '../../../operators/batch.js';

export const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/lhe/${name}`, import.meta.url));

/** A sample as plain numbers, free of how it was cut into batches. */
export interface Sample {
  positions: number[];
  columns: Record<string, number[]>;
  lists: Record<string, number[][]>;
  rejected: Rejections;
}

export async function collect(batches: AsyncIterable<Batch>): Promise<Sample> {
  const sample: Sample = { positions: [], columns: {}, lists: {}, rejected: {} };
  for await (const { start, length, positions, columns, rejected } of batches) {
    for (let i = 0; i < length; i++) sample.positions.push(positions?.[i] ?? start + i);
    for (const [name, column] of columns) {
      if (isList(column)) {
        const rows = (sample.lists[name] ??= []);
        for (let i = 0; i < length; i++) {
          rows.push(Array.from(column.values.subarray(column.offsets[i], column.offsets[i + 1])));
        }
      } else (sample.columns[name] ??= []).push(...column);
    }
    addRejections(sample.rejected, rejected);
  }
  return sample;
}

/** Bytes in pieces of the given sizes, which are repeated until all bytes are given. */
export async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, k = 0; at < bytes.length; k++) {
    const size = sizes[k % sizes.length]!;
    yield await Promise.resolve(bytes.subarray(at, at + size));
    at += size;
  }
}
