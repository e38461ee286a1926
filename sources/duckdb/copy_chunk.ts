import { DuckDBListVector, type DuckDBVector } from '@duckdb/node-api';
import { withRoom, type ColumnBuffer, type Floats } from '../buffers.js';

/** The typed array behind a vector of FLOAT or DOUBLE; the library has no other way to it than value by value. */
function itemsOf(vector: DuckDBVector): Floats {
  const { items } = vector as unknown as { readonly items: unknown };
  if (items instanceof Float32Array || items instanceof Float64Array) return items;
  throw new TypeError(`DuckDB vector of ${String(vector.type)} holds no array of floats`);
}

/** Copies rows from ≤ row < to of a vector without nulls to a buffer, from its event `at` on. */
export function copyRows(vector: DuckDBVector, from: number, to: number, buffer: ColumnBuffer, at: number): void {
  if (!('offsets' in buffer)) {
    const items = itemsOf(vector);
    buffer.set(from === 0 && to === items.length ? items : items.subarray(from, to), at);
    return;
  }
  if (!(vector instanceof DuckDBListVector))
    throw new TypeError(`DuckDB vector of ${String(vector.type)} holds no lists`);
  const items = itemsOf(vector.childVector);
  let used = buffer.offsets[at]!;
  for (let row = from; row < to; row++) {
    const start = vector.getEntryOffset(row);
    const length = vector.getEntryLength(row);
    const values = withRoom(buffer, used + length);
    for (let k = 0; k < length; k++) values[used + k] = items[start + k]!;
    used += length;
    buffer.offsets[at + row - from + 1] = used;
  }
}
