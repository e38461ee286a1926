import type { Column } from '../operators/batch.js';

export type Floats = Float32Array | Float64Array;

/** The lists of a batch while it fills: event i holds `values[offsets[i] .. offsets[i + 1])`. */
export interface ListBuffer {
  readonly offsets: Int32Array;
  values: Floats;
}

/** A column of a batch while it fills. */
export type ColumnBuffer = Floats | ListBuffer;

export function columnBuffer(kind: { list: boolean; float32: boolean }, events: number): ColumnBuffer {
  const floats = (n: number): Floats => (kind.float32 ? new Float32Array(n) : new Float64Array(n));
  return kind.list ? { offsets: new Int32Array(events + 1), values: floats(events) } : floats(events);
}

/** The values of a list column with room for `size` of them. */
export function withRoom(list: ListBuffer, size: number): Floats {
  if (size > list.values.length) {
    const room = Math.max(size, 2 * list.values.length);
    const grown = list.values instanceof Float32Array ? new Float32Array(room) : new Float64Array(room);
    grown.set(list.values);
    list.values = grown;
  }
  return list.values;
}

/** The first `length` events of a buffer as a column. */
export function columnOf(buffer: ColumnBuffer, length: number): Column {
  if (!('offsets' in buffer)) return buffer.subarray(0, length);
  return { offsets: buffer.offsets.subarray(0, length + 1), values: buffer.values.subarray(0, buffer.offsets[length]) };
}
