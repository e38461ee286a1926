import { isList, type Column, type ListColumn, type NumberColumn } from '../operators/batch.js';

/** The rows for which keep[i] is 1. */
export function rowsKept(keep: Uint8Array, length = keep.length): Uint32Array {
  const rows = new Uint32Array(length);
  let n = 0;
  for (let i = 0; i < length; i++) if (keep[i] === 1) rows[n++] = i;
  return rows.subarray(0, n);
}

/** These rows of a column, rising: for a few of many. */
export function takeRows(column: Column, rows: Uint32Array): Column {
  if (!isList(column)) return Float64Array.from(rows, (row) => column[row]!);
  const offsets = new Int32Array(rows.length + 1);
  for (const [r, row] of rows.entries()) {
    offsets[r + 1] = offsets[r]! + column.offsets[row + 1]! - column.offsets[row]!;
  }
  const values = new Float64Array(offsets[rows.length]!);
  for (const [r, row] of rows.entries()) {
    values.set(column.values.subarray(column.offsets[row], column.offsets[row + 1]), offsets[r]);
  }
  return { offsets, values };
}

/** The rows of a column for which keep[i] is 1. */
export function keepRows(column: Column, keep: Uint8Array): Column {
  return isList(column) ? keepLists(column, keep) : keepNumbers(column, keep);
}

export function keepNumbers(column: Float64Array, keep: Uint8Array): Float64Array;
export function keepNumbers(column: NumberColumn, keep: Uint8Array): NumberColumn;
export function keepNumbers(column: NumberColumn, keep: Uint8Array): NumberColumn {
  return column.filter((_, i) => keep[i] === 1);
}

function keepLists({ offsets, values }: ListColumn, keep: Uint8Array): ListColumn {
  const ends = [0];
  const kept = new Uint8Array(values.length);
  for (let i = 0; i < keep.length; i++) {
    if (keep[i] !== 1) continue;
    kept.fill(1, offsets[i], offsets[i + 1]);
    ends.push(ends.at(-1)! + offsets[i + 1]! - offsets[i]!);
  }
  return { offsets: Int32Array.from(ends), values: keepNumbers(values, kept) };
}
