import type { DuckDBConnection } from '@duckdb/node-api';
import type { StoredWindow } from '../../schemas/page.js';
import { insertion, REGIME_COLUMNS, WINDOW_COLUMNS, type Value } from './columns.js';
import { epochsOf, placeOf, stretchesOf, type Epoch, type Neighbour, type Tip } from './epochs.js';
import { retain } from './retention.js';
import { transaction } from './transaction.js';

/** Stores a window where it belongs (see `placeOf`), in one transaction with what retention takes away. */
export const appendWindow = (connection: DuckDBConnection, window: StoredWindow, retention: number): Promise<void> =>
  transaction(connection, async () => {
    const { pipeline, pipelineHash, index } = window.report;
    const epochs = await epochsOf(connection, pipeline);
    const place = placeOf(window, await tipOf(connection, pipeline, epochs.at(-1)), await nearOf(connection, window));
    if (place.kind === 'kept') {
      if (!isSeen(epochs, place.epoch, index)) await turnTo(connection, pipeline, place.epoch);
      return;
    }
    const epoch = place.kind === 'next' ? place.epoch : 1 + Math.max(0, ...epochs.map((one) => one.epoch));
    if (place.kind === 'begins')
      await connection.run(
        'INSERT INTO epochs VALUES ($1, $2::BIGINT, $3, $4, epoch_ms($5::BIGINT), $6::BIGINT, $7::BIGINT, ' +
          '(SELECT coalesce(max(turn), 0) + 1 FROM epochs))',
        [pipeline, epoch, pipelineHash, window.run, window.at, index, place.parent],
      );
    else if (epoch !== epochs.at(-1)?.epoch) await turnTo(connection, pipeline, epoch);
    const linked = place.kind === 'next' ? place.linked : place.parent !== null;
    const placed = { seq: await nextSeq(connection), epoch, linked, window };
    const { regimes } = window.report;
    await insert(connection, insertion('windows', WINDOW_COLUMNS, [placed]));
    if (regimes.length > 0)
      await insert(
        connection,
        insertion(
          'regimes',
          REGIME_COLUMNS,
          regimes.map((regime) => ({ ...placed, regime })),
        ),
      );
    await retain(connection, pipeline, retention);
  });

async function insert(connection: DuckDBConnection, { sql, values }: { sql: string; values: Value[] }): Promise<void> {
  await connection.run(sql, values);
}

/** Whether the windows that are read now have that one. */
const isSeen = (epochs: readonly Epoch[], epoch: number, index: number): boolean =>
  stretchesOf(epochs, epochs.at(-1)!.epoch).some(
    (stretch) => stretch.epoch === epoch && index >= stretch.from && index <= stretch.to,
  );

/** From now on this epoch is the one that is read. */
async function turnTo(connection: DuckDBConnection, pipeline: string, epoch: number): Promise<void> {
  await connection.run(
    'UPDATE epochs SET turn = (SELECT max(turn) + 1 FROM epochs) WHERE pipeline = $1 AND epoch = $2::BIGINT',
    [pipeline, epoch],
  );
}

async function nextSeq(connection: DuckDBConnection): Promise<number> {
  const found = await connection.runAndReadAll('SELECT coalesce(max(seq), 0)::DOUBLE + 1 FROM windows');
  return (found.getRowsJS()[0] as [number])[0];
}

async function tipOf(connection: DuckDBConnection, pipeline: string, epoch: Epoch | undefined): Promise<Tip | null> {
  if (!epoch) return null;
  const found = await connection.runAndReadAll(
    'SELECT "index"::DOUBLE, chain, models FROM windows WHERE seq = ' +
      '(SELECT max(seq) FROM windows WHERE pipeline = $1 AND epoch = $2::BIGINT)',
    [pipeline, epoch.epoch],
  );
  const [row] = found.getRowsJS() as [number, string, string][];
  return row ? { epoch, index: row[0], chain: row[1], models: row[2] } : null;
}

/** Windows of the same content of the pipeline with this index and the one before, of the newest epoch first. */
async function nearOf(connection: DuckDBConnection, { report }: StoredWindow): Promise<Neighbour[]> {
  const { pipeline, pipelineHash, index } = report;
  const found = await connection.runAndReadAll(
    'SELECT epoch::DOUBLE, "index"::DOUBLE, chain, NOT EXISTS (SELECT 1 FROM windows later WHERE ' +
      'later.pipeline = $1 AND later.epoch = w.epoch AND later."index" > w."index") FROM windows w ' +
      'WHERE pipeline = $1 AND pipeline_hash = $2 AND "index" IN ($3::BIGINT, $3::BIGINT - 1) ORDER BY epoch DESC',
    [pipeline, pipelineHash, index],
  );
  return (found.getRowsJS() as [number, number, string, boolean][]).map(([epoch, at, chain, last]) => ({
    ...{ epoch, index: at, chain, last },
  }));
}
