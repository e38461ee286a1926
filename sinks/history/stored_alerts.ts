import type { DuckDBConnection } from '@duckdb/node-api';
import type { PageAlert } from '../../schemas/page.js';
import { transaction } from './transaction.js';

const COLUMNS = 12;
/** Which of them are milliseconds since the epoch. */
const TIMES = [5, 6, 7];

const placeholders = Array.from({ length: COLUMNS }, (_, c) =>
  TIMES.includes(c) ? `epoch_ms($${c + 1}::BIGINT)` : `$${c + 1}`,
);

/** An alert takes the place of that with its id. */
export const putAlert = (connection: DuckDBConnection, alert: PageAlert): Promise<void> =>
  transaction(connection, async () => {
    await connection.run('DELETE FROM alerts WHERE "id" = $1', [alert.id]);
    await connection.run(`INSERT INTO alerts VALUES (${placeholders.join(', ')})`, [
      ...[alert.id, alert.labels.pipeline ?? '', alert.name, alert.severity, alert.state],
      ...[alert.activeAt, alert.firedAt, alert.resolvedAt],
      ...[alert.value, alert.limit, alert.summary, JSON.stringify(alert)],
    ]);
  });

/** Those of a pipeline, newest first. */
export async function readAlerts(connection: DuckDBConnection, pipeline: string, most: number): Promise<PageAlert[]> {
  const found = await connection.runAndReadAll(
    'SELECT alert::VARCHAR FROM alerts WHERE pipeline = $1 ORDER BY active_at DESC, "id" DESC ' +
      `LIMIT ${Math.max(0, Math.min(Math.floor(most), Number.MAX_SAFE_INTEGER))}`,
    [pipeline],
  );
  return found.getRowsJS().map(([text]) => JSON.parse(text as string) as PageAlert);
}
