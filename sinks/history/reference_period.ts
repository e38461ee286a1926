import type { DuckDBConnection } from '@duckdb/node-api';
import { transaction } from './transaction.js';

/** Windows of an epoch by index, ends included: what others are compared with. */
export interface Reference {
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
}

export async function readReference(connection: DuckDBConnection, pipeline: string): Promise<Reference | null> {
  const found = await connection.runAndReadAll(
    'SELECT epoch::DOUBLE, "first"::DOUBLE, "last"::DOUBLE FROM reference_period WHERE pipeline = $1',
    [pipeline],
  );
  const [row] = found.getRowsJS() as [number, number, number][];
  return row ? { epoch: row[0], from: row[1], to: row[2] } : null;
}

/** The one of the pipeline; retention leaves its windows alone. */
export const writeReference = (connection: DuckDBConnection, pipeline: string, reference: Reference): Promise<void> =>
  transaction(connection, async () => {
    await connection.run('DELETE FROM reference_period WHERE pipeline = $1', [pipeline]);
    await connection.run('INSERT INTO reference_period VALUES ($1, $2::BIGINT, $3::BIGINT, $4::BIGINT)', [
      ...[pipeline, reference.epoch, reference.from, reference.to],
    ]);
  });
