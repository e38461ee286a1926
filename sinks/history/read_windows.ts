import type { DuckDBConnection } from '@duckdb/node-api';
import type { StoredWindow } from '../../schemas/page.js';
import { within, type Stretch } from './epochs.js';

/** Windows of these stretches with index in [from, to], rising; of more than `most` the last ones. */
export async function readWindows(
  connection: DuckDBConnection,
  pipeline: string,
  stretches: readonly Stretch[],
  from: number,
  to: number,
  most: number,
): Promise<StoredWindow[]> {
  const bound = (x: number): number => Math.trunc(Math.max(-1, Math.min(x, Number.MAX_SAFE_INTEGER)));
  const wanted = `pipeline = $1 AND (${within(stretches)}) AND "index" BETWEEN $2::BIGINT AND $3::BIGINT`;
  // First which ones, by the thin columns: the reports are long.
  const limit = Number.isFinite(most) ? `LIMIT ${Math.max(0, Math.floor(most))}` : '';
  const lowest = await connection.runAndReadAll(
    `SELECT min("index")::DOUBLE FROM (SELECT "index" FROM windows WHERE ${wanted} ORDER BY "index" DESC ${limit})`,
    [pipeline, bound(from), bound(to)],
  );
  const [low] = lowest.getRowsJS()[0] as [number | null];
  if (low === null) return [];
  const found = await connection.runAndReadAll(
    `SELECT epoch_ms("at")::DOUBLE, run, report::VARCHAR FROM windows WHERE ${wanted}`,
    [pipeline, low, bound(to)],
  );
  return (found.getRowsJS() as [number, string, string][])
    .map(([at, run, report]) => ({ at, run, report: JSON.parse(report) as StoredWindow['report'] }))
    .sort((a, b) => a.report.index - b.report.index);
}
