import {
  AsyncByteQueue,
  Field,
  Float32,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  type Data,
} from 'apache-arrow';
import type { NumberColumn } from '../../../operators/batch.js';
import { wrongSample } from '../../../operators/problem.js';
import type { WireField } from '../types.js';

/** Which rows of the columns to write: those named, or from ≤ row < to. */
export type Rows = Uint32Array | { readonly from: number; readonly to: number };

const types = { float: Float32, double: Float64, int: Int32, long: Int64 } as const;

/** The rows of a column as doubles. */
function picked(column: NumberColumn, rows: Rows): NumberColumn {
  if (!(rows instanceof Uint32Array)) return column.subarray(rows.from, rows.to);
  const out = new Float64Array(rows.length);
  for (let i = 0; i < out.length; i++) out[i] = column[rows[i]!] ?? NaN;
  return out;
}

/** Whole numbers with a bitmap of those that are there: NaN becomes null. */
function whole({ name, type }: WireField, values: NumberColumn): Data {
  const data = type === 'int' ? new Int32Array(values.length) : new BigInt64Array(values.length);
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8));
  let nullCount = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) {
      nullCount++;
      continue;
    }
    if (!(type === 'int' ? value === (value | 0) : Number.isSafeInteger(value))) {
      throw wrongSample(`column '${name}': ${value} is no ${type}: declare it a double`);
    }
    nullBitmap[i >> 3]! |= 1 << (i & 7);
    if (data instanceof Int32Array) data[i] = value;
    else data[i] = BigInt(value);
  }
  const nulls = nullCount === 0 ? {} : { nullCount, nullBitmap };
  if (data instanceof Int32Array) return makeData({ type: new Int32(), length: data.length, data, ...nulls });
  return makeData({ type: new Int64(), length: data.length, data, ...nulls });
}

function stored(field: WireField, values: NumberColumn): Data {
  if (field.type === 'float') return makeData({ type: new Float32(), data: new Float32Array(values) });
  if (field.type === 'double') return makeData({ type: new Float64(), data: new Float64Array(values) });
  return whole(field, values);
}

/**
 * Writes rows of columns, one for each field, as one message: an Arrow IPC stream of a schema, one record batch and the
 * end mark. The same events give the same bytes. A float is rounded to 32 bits; NaN of an int or long is null, any other
 * number that these do not hold throws a Problem (3). Buffers are not compressed: Kafka's codecs compress the message.
 */
export function arrowEncoder(
  fields: readonly WireField[],
): (columns: readonly NumberColumn[], rows: Rows) => Buffer<ArrayBuffer> {
  const schema = new Schema(
    fields.map(({ name, type }) => new Field(name, new types[type](), type === 'int' || type === 'long')),
  );
  return (columns, rows) => {
    const children = fields.map((field, c) => stored(field, picked(columns[c]!, rows)));
    const length = rows instanceof Uint32Array ? rows.length : rows.to - rows.from;
    // The library's own Node stream leaves a rejection unhandled when its input fails: take the bytes at its sink.
    const chunks: Uint8Array[] = [];
    const write = (chunk: Uint8Array): void => void chunks.push(chunk);
    const writer = new RecordBatchStreamWriter().reset(Object.assign(new AsyncByteQueue(), { write }));
    writer.write(
      new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, nullCount: 0, children })),
    );
    writer.finish();
    return Buffer.concat(chunks);
  };
}
