import { isList, type Batch, type Column } from '../../operators/batch.js';

/** Rows from ≤ row < to of a batch, which share its memory. What the source turned away goes with no slice. */
export function sliceBatch({ start, positions, columns }: Batch, from: number, to: number): Batch {
  const cut = ([name, column]: [string, Column]): [string, Column] => [name, sliceColumn(column, from, to)];
  return {
    start: start + from,
    length: to - from,
    ...(positions ? { positions: positions.subarray(from, to) } : {}),
    columns: new Map([...columns].map(cut)),
  };
}

function sliceColumn(column: Column, from: number, to: number): Column {
  if (!isList(column)) return column.subarray(from, to);
  const { offsets, values } = column;
  const base = offsets[from]!;
  return {
    offsets: offsets.slice(from, to + 1).map((at) => at - base),
    values: values.subarray(base, offsets[to]),
  };
}
