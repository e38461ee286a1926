import { quoted, REGIME_COLUMNS, WINDOW_COLUMNS, type ColumnOf } from './columns.js';

/** Of the tables; a file of a later one is refused. */
export const FORMAT = 1;

const made = (table: string, columns: readonly Pick<ColumnOf<never>, 'name' | 'type'>[]): string =>
  `CREATE TABLE ${table} (${columns.map(({ name, type }) => `${quoted(name)} ${type}`).join(', ')})`;

/**
 * What a new file holds. No index: of some ten thousand rows a scan of one column is as quick, and an index would be
 * kept in memory and written with every append.
 */
export const TABLES: readonly string[] = [
  'CREATE TABLE about ("key" VARCHAR, "value" VARCHAR)',
  `INSERT INTO about VALUES ('regimewatch history', '${FORMAT}')`,
  made('windows', WINDOW_COLUMNS),
  made('regimes', REGIME_COLUMNS),
  'CREATE TABLE alerts ("id" VARCHAR, pipeline VARCHAR, "name" VARCHAR, severity VARCHAR, "state" VARCHAR, ' +
    'active_at TIMESTAMP, fired_at TIMESTAMP, resolved_at TIMESTAMP, "value" DOUBLE, "limit" DOUBLE, summary VARCHAR, ' +
    'alert JSON)',
  // `turn` rises whenever another epoch becomes the one that is read.
  'CREATE TABLE epochs (pipeline VARCHAR, epoch BIGINT, pipeline_hash VARCHAR, run VARCHAR, began TIMESTAMP, ' +
    '"first" BIGINT, parent BIGINT, turn BIGINT)',
  'CREATE TABLE reference_period (pipeline VARCHAR, epoch BIGINT, "first" BIGINT, "last" BIGINT)',
];

/** Tables that are written as Parquet. */
export const EXPORTED = ['windows', 'regimes', 'alerts', 'epochs', 'reference_period'] as const;
