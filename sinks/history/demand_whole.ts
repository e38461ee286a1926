import { statSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { Problem } from '../../operators/problem.js';
import { damaged, foreign } from './file_problem.js';
import { instanceOf } from './instance.js';
import { HEADERS } from './snapshot.js';
import { FORMAT } from './tables.js';

/** Refuses what is no whole history before anything is written to it. */
export async function demandWhole(path: string, file: string): Promise<void> {
  const instance = await instanceOf(path, true);
  try {
    const connection = await instance.connect();
    const tables = await connection.runAndReadAll("SELECT 1 FROM duckdb_tables() WHERE table_name = 'about'");
    if (tables.currentRowCount === 0) throw foreign(file);
    const about = await connection.runAndReadAll(`SELECT "value" FROM about WHERE "key" = 'regimewatch history'`);
    const format = Number(about.getRows()[0]?.[0] ?? NaN);
    if (Number.isNaN(format)) throw foreign(file);
    if (format > FORMAT)
      throw new Problem(3, `history ${file}: of format ${format}, this version reads ${FORMAT}: use a later version`);
    if (statSync(path).size < (await leastBytes(connection))) throw damaged(file, 'it ends too soon');
    connection.disconnectSync();
  } finally {
    instance.closeSync();
  }
}

/** Up to the end of the last block that is in use: DuckDB itself tells a missing one only when it comes to read it. */
async function leastBytes(connection: DuckDBConnection): Promise<number> {
  const blocks = ['windows', 'regimes', 'alerts', 'epochs', 'reference_period', 'about'].map(
    (table) => `SELECT greatest(block_id, list_max(additional_block_ids)) AS id FROM pragma_storage_info('${table}')`,
  );
  const found = await connection.runAndReadAll(
    `SELECT ${HEADERS} + coalesce(max(id) + 1, 0)::DOUBLE * any_value(block_size) FROM ` +
      `(${[...blocks, 'SELECT block_id AS id FROM pragma_metadata_info()'].join(' UNION ALL ')}), pragma_database_size()`,
  );
  return Number(found.getRows()[0]?.[0] ?? 0);
}
