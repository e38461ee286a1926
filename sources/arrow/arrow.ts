import type { Batch, Column } from '../../operators/batch.js';
import { guarded } from '../guarded.js';
import { requireColumns, type TableInfo } from '../missing_columns.js';
import type { ReadOptions, Source } from '../source.js';
import { blockReader } from './block_reader.js';
import { layoutOf } from './layout.js';
import { blocksOf } from './blocks.js';
import { fileBytes } from './bytes.js';
import { openArrow } from './messages.js';

async function describe(path: string): Promise<TableInfo> {
  const file = await fileBytes(path);
  try {
    const data = await openArrow(file);
    const { columns, others } = layoutOf(data.fields);
    let events = 0;
    for await (const block of blocksOf(data)) events += block.length;
    return { columns, others, events };
  } finally {
    await file.close();
  }
}

async function* read(path: string, columns: readonly string[], options: ReadOptions): AsyncGenerator<Batch> {
  const file = await fileBytes(path);
  try {
    const data = await openArrow(file);
    const table = layoutOf(data.fields);
    requireColumns(path, table, columns);
    const places = columns.map((name) => table.places.get(name)!);
    const { from, to } = options.range ?? { from: 0, to: Infinity };
    let start = 0; // Position of the block's first event.
    for await (const block of blocksOf(data)) {
      const reader = blockReader(file, block);
      const last = Math.min(reader.length, to - start);
      for (let row = Math.max(0, from - start); row < last; row += options.batchEvents) {
        const end = Math.min(last, row + options.batchEvents);
        const read = await Promise.all(places.map((place) => reader.column(place, row, end)));
        const named = columns.map((name, i): [string, Column] => [name, read[i]!]);
        yield { start: start + row, length: end - row, columns: new Map(named) };
      }
      start += reader.length;
      options.onBytes?.(block.body + block.bodyLength);
      if (start >= to) return;
    }
  } finally {
    await file.close();
  }
}

/**
 * Apache Arrow IPC, files and streams. Batches are those of the file, cut where they exceed `batchEvents`; of an
 * uncompressed batch only the rows and columns asked for are read, so memory does not depend on its size.
 */
export const arrow: Source = guarded('Arrow', {
  format: 'arrow',
  extensions: ['arrow', 'arrows', 'feather', 'ipc'],
  ranges: true,
  describe,
  read,
});
