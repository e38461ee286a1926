import type { Batch } from '../../operators/batch.js';
import { columnBuffer, columnOf, type ColumnBuffer } from '../buffers.js';
import type { ColumnInfo } from '../source.js';

/**
 * A batch of rows of text while it fills. A row is written at `length` and kept by `keep`; one that turns out wrong is
 * counted by `reject`, and the next row is written over it. Either takes a position.
 */
export interface Collector {
  readonly buffers: readonly ColumnBuffer[];
  length: number;
  position: number;
  start: number;
  rejected: number;
  positions: Float64Array;
  gaps: boolean;
}

const reason = 'malformed row';

export function collector(columns: readonly ColumnInfo[], batchEvents: number, position: number): Collector {
  return {
    buffers: columns.map(({ list }) => columnBuffer({ list, float32: false }, batchEvents)),
    length: 0,
    position,
    start: position,
    rejected: 0,
    positions: new Float64Array(batchEvents),
    gaps: false,
  };
}

export function keep(into: Collector): void {
  if (into.length === 0) into.start = into.position;
  else if (into.position !== into.start + into.length) into.gaps = true;
  into.positions[into.length++] = into.position++;
}

export function reject(into: Collector): void {
  into.position++;
  into.rejected++;
}

export function batchOf(from: Collector, columns: readonly ColumnInfo[]): Batch {
  const { start, length, rejected } = from;
  return {
    start,
    length,
    ...(from.gaps && { positions: from.positions.subarray(0, length) }),
    columns: new Map(columns.map(({ name }, i) => [name, columnOf(from.buffers[i]!, length)])),
    ...(rejected > 0 && { rejected: { [reason]: rejected } }),
  };
}
