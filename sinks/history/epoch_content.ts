import type { DuckDBConnection } from '@duckdb/node-api';
import type { Epoch } from './epochs.js';

/** An epoch and what is stored of it, without the windows before it branched off. */
export interface EpochContent extends Epoch {
  readonly windows: number;
  /** Smallest and largest index; null: retention took them all. */
  readonly from: number | null;
  readonly to: number | null;
  readonly events: number;
  /** Milliseconds since the epoch of time: when its newest window closed. */
  readonly newest: number | null;
  /** Windows whose predecessor is not stored, its first left out. */
  readonly gaps: number;
  /** It is the one that is read. */
  readonly current: boolean;
}

export async function contentsOf(
  connection: DuckDBConnection,
  pipeline: string,
  epochs: readonly Epoch[],
): Promise<EpochContent[]> {
  const found = await connection.runAndReadAll(
    'SELECT epoch::DOUBLE, count(*)::DOUBLE, min("index")::DOUBLE, max("index")::DOUBLE, sum(events)::DOUBLE, ' +
      'epoch_ms(max("at"))::DOUBLE, count(*) FILTER (NOT linked)::DOUBLE, min_by(linked, "index") ' +
      'FROM windows WHERE pipeline = $1 GROUP BY epoch',
    [pipeline],
  );
  const rows = found.getRowsJS() as [number, number, number, number, number, number, number, boolean][];
  return epochs.map((epoch, i) => {
    const current = i === epochs.length - 1;
    const row = rows.find(([id]) => id === epoch.epoch);
    if (!row) return { ...epoch, windows: 0, from: null, to: null, events: 0, newest: null, gaps: 0, current };
    const [, windows, from, to, events, newest, unlinked, firstLinked] = row;
    return { ...epoch, windows, from, to, events, newest, gaps: unlinked - (firstLinked ? 0 : 1), current };
  });
}
