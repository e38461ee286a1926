import type { Batch, Column } from '../../operators/batch.js';
import { messageOf } from '../../operators/problem.js';
import { columnBuffer, columnOf } from '../buffers.js';
import { guarded } from '../guarded.js';
import { requireColumns, type TableInfo } from '../missing_columns.js';
import type { ReadOptions, Source, SourceOptions } from '../source.js';
import { branchReader } from './baskets.js';
import { damaged, openTree } from './tree.js';

async function describe(path: string, options: SourceOptions): Promise<TableInfo> {
  const { handle, info } = await openTree(path, options.tree);
  await handle.close();
  return info;
}

async function* read(path: string, columns: readonly string[], options: ReadOptions): AsyncGenerator<Batch> {
  const { file, handle, bytesAt, info, branches } = await openTree(path, options.tree);
  try {
    requireColumns(path, info, columns);
    const readers = columns.map((name) => {
      const { branch, values } = branches.get(name)!;
      const kind = { list: values.jagged || values.length > 1, float32: values.storage === 'f32' };
      return { name, kind, ...branchReader(path, file, bytesAt, branch, values) };
    });
    const to = Math.min(info.events, options.range?.to ?? Infinity);
    for (let start = options.range?.from ?? 0; start < to; start += options.batchEvents) {
      const length = Math.min(options.batchEvents, to - start);
      const filled = new Map<string, Column>();
      for (const { name, kind, copy } of readers) {
        const buffer = columnBuffer(kind, length);
        try {
          await copy(start, start + length, buffer);
        } catch (thrown) {
          throw damaged(path, `branch ${name}, events from ${start} on: ${messageOf(thrown)}`, thrown);
        }
        filled.set(name, columnOf(buffer, length));
      }
      yield { start, length, columns: filled };
    }
  } finally {
    await handle.close();
  }
}

/**
 * ROOT trees. jsroot opens the file and knows its dictionary; baskets are decoded here, straight into columns, one
 * basket a branch in memory. Branches of one number, of arrays of numbers (fixed, or as long as a counter says) and
 * of std::vector of numbers are columns; what is split into several quantities is not.
 */
export const root: Source = guarded('ROOT', { format: 'root', extensions: ['root'], ranges: true, describe, read });
