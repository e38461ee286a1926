import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  AsyncByteQueue,
  Field,
  Float32,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  type Data,
} from 'apache-arrow';
import type { Batch } from '../../operators/batch.js';
import { rebatch } from './rebatch.js';
import { storedType, type StoredType } from './stored_type.js';

/** Events in a record batch. */
export const RECORD_BATCH = 65536;

/**
 * Writes the named columns of a stream of events as an Arrow IPC file, one record batch at a time (constant memory).
 * The same events give the same bytes, however they were batched.
 */
export async function writeArrow(file: string, batches: AsyncIterable<Batch>, names: readonly string[]): Promise<void> {
  const types = names.map(storedType);
  const fields = names.map((name, c) => new Field(name, new TYPES[types[c]!](), false));
  const schema = new Schema(fields);
  async function* bytes(): AsyncGenerator<Uint8Array> {
    // The library's own Node stream leaves a rejection unhandled when its input fails: take the bytes at its sink.
    const pending: Uint8Array[] = [];
    const write = (chunk: Uint8Array): void => void pending.push(chunk);
    const writer = new RecordBatchFileWriter().reset(Object.assign(new AsyncByteQueue(), { write }));
    let records = 0;
    for await (const { length, columns } of rebatch(batches, names, RECORD_BATCH)) {
      writer.write(record(schema, length, types, columns));
      records++;
      yield* pending.splice(0);
    }
    const none = names.map(() => new Float64Array(0));
    if (records === 0) writer.write(record(schema, 0, types, none));
    writer.finish();
    yield* pending.splice(0);
  }
  await pipeline(Readable.from(bytes()), createWriteStream(file));
}

const TYPES = { float32: Float32, float64: Float64, int32: Int32 } as const;

function stored(type: StoredType, values: Float64Array): Data {
  if (type === 'float32') return makeData({ type: new Float32(), data: Float32Array.from(values) });
  if (type === 'int32') return makeData({ type: new Int32(), data: Int32Array.from(values) });
  return makeData({ type: new Float64(), data: values.slice() });
}

function record(
  schema: Schema,
  length: number,
  types: readonly StoredType[],
  columns: readonly Float64Array[],
): RecordBatch {
  const children = columns.map((values, c) => stored(types[c]!, values));
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, nullCount: 0, children }));
}
