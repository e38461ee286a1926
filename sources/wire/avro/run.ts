import type { WireBatch } from '../types.js';
import type { AvroDecoder } from './decoder.js';

/** What reads the events of a schema, and the names of the columns that it fills. */
export interface Reader {
  readonly decode: AvroDecoder;
  readonly names: readonly string[];
}

/** The events of one schema while they come in: columns that grow. */
export interface Run {
  readonly reader: Reader;
  columns: Float64Array<ArrayBuffer>[];
  position: Float64Array<ArrayBuffer>;
  length: number;
}

export const newRun = (reader: Reader): Run => ({
  reader,
  columns: reader.names.map(() => new Float64Array(0)),
  position: new Float64Array(0),
  length: 0,
});

/** Makes room for one more event, of `most` that may still come. */
export function makeRoom(run: Run, most: number): void {
  if (run.length < run.position.length) return;
  const room = Math.min(run.length + most, 4 + 4 * run.length);
  const larger = (column: Float64Array): Float64Array<ArrayBuffer> => {
    const grown = new Float64Array(room);
    grown.set(column);
    return grown;
  };
  run.columns = run.columns.map(larger);
  run.position = larger(run.position);
}

export const batchOf = ({ reader: { names }, columns, position, length }: Run): WireBatch => ({
  length,
  columns: new Map(names.map((name, i) => [name, columns[i]!.subarray(0, length)])),
  position: position.subarray(0, length),
});
