import { rm } from 'node:fs/promises';
import {
  DOUBLE,
  DuckDBDataChunk,
  DuckDBDoubleVector,
  DuckDBFloatVector,
  DuckDBInstance,
  DuckDBIntegerVector,
  FLOAT,
  INTEGER,
  type DuckDBAppender,
} from '@duckdb/node-api';
import type { Batch } from '../../operators/batch.js';
import { wrongSample } from '../../operators/problem.js';
import { rebatch } from './rebatch.js';
import { storedType } from './stored_type.js';

const TYPES = { float32: FLOAT, float64: DOUBLE, int32: INTEGER } as const;

/** The most rows that a DuckDB chunk holds. */
const CHUNK = 2048;

/**
 * Writes the named columns of a stream of events as Parquet (zstd), in their order.
 *
 * Parquet is written by COPY from a table, so the events pass through a DuckDB file `FILE.partial`, removed at the
 * end: memory stays constant, the disk holds them twice for a moment.
 */
export async function writeParquet(
  file: string,
  batches: AsyncIterable<Batch>,
  names: readonly string[],
): Promise<void> {
  const table = `${file}.partial`;
  await remove(table);
  try {
    const settings = { threads: '1', memory_limit: '128MB', autoinstall_known_extensions: 'false' };
    const instance = await DuckDBInstance.create(table, settings);
    try {
      const connection = await instance.connect();
      const types = names.map((name) => TYPES[storedType(name)]);
      const columns = names.map((name, c) => `"${name.replaceAll('"', '""')}" ${types[c]!.toString()}`);
      await connection.run(`CREATE TABLE events (${columns.join(', ')})`);
      const appender = await connection.createAppender('events');
      for await (const { length, columns } of rebatch(batches, names, CHUNK)) {
        append(appender, DuckDBDataChunk.create(types, length), length, columns);
      }
      appender.closeSync();
      await connection.run(`COPY events TO '${file.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`);
      connection.closeSync();
    } finally {
      instance.closeSync();
    }
  } finally {
    await remove(table);
  }
}

function append(
  appender: DuckDBAppender,
  chunk: DuckDBDataChunk,
  length: number,
  columns: readonly Float64Array[],
): void {
  columns.forEach((values, c) => {
    const vector = chunk.getColumnVector(c);
    const numeric =
      vector instanceof DuckDBFloatVector ||
      vector instanceof DuckDBDoubleVector ||
      vector instanceof DuckDBIntegerVector;
    if (!numeric) throw wrongSample(`column ${c}: cannot be written as ${vector.type.toString()}`);
    for (let i = 0; i < length; i++) vector.setItem(i, values[i]!);
    vector.flush();
  });
  appender.appendDataChunk(chunk);
}

async function remove(table: string): Promise<void> {
  for (const path of [table, `${table}.wal`, `${table}.tmp`]) await rm(path, { force: true, recursive: true });
}
