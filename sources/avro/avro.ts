import type { Batch } from '../../operators/batch.js';
import { messageOf } from '../../operators/problem.js';
import { columnOf } from '../buffers.js';
import { guarded } from '../guarded.js';
import { requireColumns, type TableInfo } from '../missing_columns.js';
import type { ReadOptions, Source } from '../source.js';
import { blocksOf, eventsOf } from './blocks.js';
import { damaged, openAvro, type AvroFile } from './container.js';
import type { Cursor } from './cursor.js';
import { columnsOf, readEvent } from './decoder.js';
import { programOf } from './program.js';

function infoOf({ fields }: AvroFile): TableInfo {
  const usable = fields.filter((field) => field.number);
  const others = fields.filter((field) => !field.number).map((field): [string, string] => [field.name, field.type]);
  return {
    columns: usable.map((field) => ({ name: field.name, list: field.list !== undefined })),
    others: new Map(others),
  };
}

async function describe(path: string): Promise<TableInfo> {
  const file = await openAvro(path);
  try {
    let events = 0;
    for await (const block of blocksOf(file)) events += block.count;
    return { ...infoOf(file), events };
  } finally {
    await file.handle.close();
  }
}

async function* read(path: string, columns: readonly string[], options: ReadOptions): AsyncGenerator<Batch> {
  const file = await openAvro(path);
  try {
    requireColumns(path, infoOf(file), columns);
    const { batchEvents } = options;
    const { from, to } = options.range ?? { from: 0, to: Infinity };
    const wanted = programOf(file.fields, new Set(columns));
    const passing = programOf(file.fields, new Set());
    const none = columnsOf(passing, 0);
    const places = columns.map((name) => wanted.fields.findIndex((field) => field.name === name));
    let filled = columnsOf(wanted, batchEvents);
    let length = 0;
    let start = from;
    const batch = (): Batch => ({
      start,
      length,
      columns: new Map(columns.map((name, i) => [name, columnOf(filled.buffers[places[i]!]!, length)])),
    });
    let position = 0;
    for await (const block of blocksOf(file)) {
      if (position >= to) break;
      if (position + block.count <= from) {
        position += block.count;
        continue;
      }
      const bytes = await eventsOf(file, block);
      const cursor: Cursor = { bytes, at: 0 };
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      for (let i = 0; i < block.count && position < to; i++, position++) {
        try {
          if (position < from) readEvent(passing, cursor, view, none, 0);
          else readEvent(wanted, cursor, view, filled, length++);
        } catch (thrown) {
          throw damaged(path, block.at, `event ${position}: ${messageOf(thrown)}`, thrown);
        }
        if (length < batchEvents) continue;
        yield batch();
        start += length;
        length = 0;
        filled = columnsOf(wanted, batchEvents);
      }
      options.onBytes?.(block.at + block.size);
    }
    if (length > 0) yield batch();
  } finally {
    await file.handle.close();
  }
}

/**
 * Avro object container files of records, decoded straight into columns: no object is made of an event, and no count
 * in the file is believed before the bytes for it are there. Fields not asked for are passed over.
 */
export const avro: Source = guarded('Avro', { format: 'avro', extensions: ['avro'], ranges: true, describe, read });
