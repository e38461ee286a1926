import type { DuckDBConnection } from '@duckdb/node-api';

/** All of the work or nothing of it; on the disk when it resolves. */
export async function transaction<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run('BEGIN TRANSACTION');
  let result: T;
  try {
    result = await work();
    await connection.run('COMMIT');
  } catch (error) {
    // A failed COMMIT has ended the transaction already.
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
  return result;
}
