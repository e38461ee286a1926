import type { Batch } from '../../operators/batch.js';
import { messageOf } from '../../operators/problem.js';
import { columnBuffer, columnOf, withRoom, type ColumnBuffer } from '../buffers.js';
import { guarded } from '../guarded.js';
import { requireColumns, type TableInfo } from '../missing_columns.js';
import type { ReadOptions, Source } from '../source.js';
import { blocksOf, damaged, eventsOf, openAvro, type AvroFile } from './container.js';
import { items, long, type Cursor } from './cursor.js';
import type { Field } from './schema.js';

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

function readField(cursor: Cursor, field: Field, buffer: ColumnBuffer, event: number): void {
  if (!('offsets' in buffer)) {
    buffer[event] = field.number!(cursor);
    return;
  }
  let used = buffer.offsets[event]!;
  const isNull = field.list?.branch !== undefined && long(cursor) !== field.list.branch;
  for (let { count } = isNull ? { count: 0 } : items(cursor); count > 0; { count } = items(cursor)) {
    const values = withRoom(buffer, used + count);
    for (let k = 0; k < count; k++) values[used + k] = field.number!(cursor);
    used += count;
  }
  buffer.offsets[event + 1] = used;
}

async function* read(path: string, columns: readonly string[], options: ReadOptions): AsyncGenerator<Batch> {
  const file = await openAvro(path);
  try {
    requireColumns(path, infoOf(file), columns);
    const { batchEvents } = options;
    const { from, to } = options.range ?? { from: 0, to: Infinity };
    const fresh = (): Map<string, ColumnBuffer> =>
      new Map(
        file.fields
          .filter((field) => columns.includes(field.name))
          .map((field) => [
            field.name,
            columnBuffer({ list: field.list !== undefined, float32: field.float32 }, batchEvents),
          ]),
      );
    let buffers = fresh();
    let length = 0;
    let start = from;
    const batch = (): Batch => ({
      start,
      length,
      columns: new Map(columns.map((name) => [name, columnOf(buffers.get(name)!, length)])),
    });
    let position = 0;
    for await (const block of blocksOf(file)) {
      if (position >= to) break;
      if (position + block.count <= from) {
        position += block.count;
        continue;
      }
      const cursor: Cursor = { bytes: await eventsOf(file, block), at: 0 };
      for (let i = 0; i < block.count && position < to; i++, position++) {
        try {
          for (const field of file.fields) {
            const buffer = position < from ? undefined : buffers.get(field.name);
            if (buffer === undefined) field.skip(cursor);
            else readField(cursor, field, buffer, length);
          }
        } catch (thrown) {
          throw damaged(path, block.at, `event ${position}: ${messageOf(thrown)}`, thrown);
        }
        if (position >= from) length++;
        if (length < batchEvents) continue;
        yield batch();
        start += length;
        length = 0;
        buffers = fresh();
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
