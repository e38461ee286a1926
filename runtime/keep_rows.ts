import { isList, type Column, type ListColumn, type NumberColumn } from '../operators/batch.js';

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
