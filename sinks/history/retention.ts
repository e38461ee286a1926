import type { DuckDBConnection } from '@duckdb/node-api';
import { wrongPipeline } from '../../operators/problem.js';
import { epochsOf, stretchesOf, within } from './epochs.js';
import { readReference } from './reference_period.js';

/** Newest windows of a pipeline that are kept, unless said otherwise. */
export const RETENTION = 10_000;

export function demandRetention(windows: number): number {
  if (Number.isInteger(windows) && windows >= 1) return windows;
  throw wrongPipeline(`history: ${windows} windows to keep: expected a whole number of at least 1`);
}

/** So many windows more than are to be kept go at once: to delete one by one leaves holes in the file. */
const slack = (windows: number): number => Math.max(1, Math.floor(windows / 20));

/**
 * Deletes all but the newest windows of a pipeline, in the order of appending, and those of its reference; and the
 * epochs that have none left. The file's space is used again.
 */
export async function retain(connection: DuckDBConnection, pipeline: string, windows: number): Promise<void> {
  const reference = await readReference(connection, pipeline);
  const epochs = await epochsOf(connection, pipeline);
  const kept = reference
    ? within(
        stretchesOf(epochs, reference.epoch)
          .map(({ epoch, from, to }) => ({
            ...{ epoch, from: Math.max(from, reference.from), to: Math.min(to, reference.to) },
          }))
          .filter(({ from, to }) => from <= to),
      )
    : 'false';
  const others = `pipeline = $1 AND NOT (${kept})`;
  const found = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM windows WHERE ${others}`, [pipeline]);
  const [count] = found.getRowsJS()[0] as [number];
  if (count < windows + slack(windows)) return;
  const [oldest] = (
    await connection.runAndReadAll(
      `SELECT seq::DOUBLE FROM windows WHERE ${others} ORDER BY seq DESC LIMIT 1 OFFSET ${windows - 1}`,
      [pipeline],
    )
  ).getRowsJS()[0] as [number];
  for (const table of ['windows', 'regimes'])
    await connection.run(`DELETE FROM ${table} WHERE ${others} AND seq < $2::BIGINT`, [pipeline, oldest]);
  await connection.run(
    'DELETE FROM epochs WHERE pipeline = $1 AND turn < (SELECT max(turn) FROM epochs WHERE pipeline = $1) ' +
      'AND epoch NOT IN (SELECT DISTINCT epoch FROM windows WHERE pipeline = $1)',
    [pipeline],
  );
}
