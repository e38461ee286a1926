import type { Estimate } from '../../schemas/report.js';
import type { StoredWindow } from '../../schemas/page.js';

export type Value = number | string | boolean | null;
type Regime = StoredWindow['report']['regimes'][number];

/** A column of a table: its name, its type in SQL, what it holds, and how it is made. */
export interface ColumnOf<Row> {
  readonly name: string;
  readonly type: 'BIGINT' | 'DOUBLE' | 'VARCHAR' | 'BOOLEAN' | 'TIMESTAMP' | 'JSON';
  readonly help: string;
  readonly of: (row: Row) => Value;
}

/** What stands first in both tables. */
export interface Placed {
  /** Counts what was appended to the file. */
  readonly seq: number;
  readonly epoch: number;
  /** The window before, with the chain that this one names, is in the same history. */
  readonly linked: boolean;
  readonly window: StoredWindow;
}

const RANK = ['null', 'good', 'medium', 'bad'] as const;

/** The worst verdict of the regimes; null is outside the order. */
const worst = ({ regimes }: StoredWindow['report']): string =>
  RANK[Math.max(0, ...regimes.map(({ verdict }) => RANK.indexOf(verdict)))]!;

const place: readonly ColumnOf<Placed>[] = [
  { name: 'seq', type: 'BIGINT', help: 'order of appending', of: ({ seq }) => seq },
  { name: 'pipeline', type: 'VARCHAR', help: 'its name', of: ({ window }) => window.report.pipeline },
  { name: 'epoch', type: 'BIGINT', help: 'which stream of windows (see below)', of: ({ epoch }) => epoch },
  { name: 'index', type: 'BIGINT', help: 'counts the closed windows', of: ({ window }) => window.report.index },
  { name: 'window', type: 'BIGINT', help: 'number of the window', of: ({ window }) => window.report.window },
  { name: 'at', type: 'TIMESTAMP', help: 'when it closed, UTC', of: ({ window }) => window.at },
];

export const WINDOW_COLUMNS: readonly ColumnOf<Placed>[] = [
  ...place,
  { name: 'run', type: 'VARCHAR', help: 'of the process that closed it', of: ({ window }) => window.run },
  { name: 'pipeline_hash', type: 'VARCHAR', help: 'of its content', of: ({ window }) => window.report.pipelineHash },
  { name: 'models', type: 'VARCHAR', help: 'hash of the models', of: ({ window }) => window.report.models },
  {
    name: 'correction',
    type: 'VARCHAR',
    help: 'hash of the correction in effect; null: none',
    of: ({ window }) => window.report.correction,
  },
  {
    name: 'chain',
    type: 'VARCHAR',
    help: 'hash of this report and those before',
    of: ({ window }) => window.report.chain,
  },
  { name: 'linked', type: 'BOOLEAN', help: 'the window before is stored too', of: ({ linked }) => linked },
  { name: 'events', type: 'BIGINT', help: 'of the window', of: ({ window }) => window.report.events },
  { name: 'verdict', type: 'VARCHAR', help: 'the worst of the regimes', of: ({ window }) => worst(window.report) },
  { name: 'alarms', type: 'BIGINT', help: 'checks in alarm', of: ({ window }) => window.report.alarms.length },
  { name: 'report', type: 'JSON', help: 'the whole report', of: ({ window }) => JSON.stringify(window.report) },
];

/** A regime of a window. */
export interface PlacedRegime extends Placed {
  readonly regime: Regime;
}

type EstimateOf = (regime: Regime) => Estimate | undefined;

const withError = (name: string, help: string, of: EstimateOf): ColumnOf<PlacedRegime>[] => [
  { name, type: 'DOUBLE', help, of: ({ regime }) => of(regime)?.value ?? null },
  { name: `${name}_error`, type: 'DOUBLE', help: 'its standard error', of: ({ regime }) => of(regime)?.error ?? null },
];

export const REGIME_COLUMNS: readonly ColumnOf<PlacedRegime>[] = [
  ...place,
  { name: 'regime', type: 'BIGINT', help: 'its number', of: ({ regime }) => regime.regime },
  { name: 'label', type: 'VARCHAR', help: 'what it is called', of: ({ regime }) => regime.label },
  { name: 'n', type: 'BIGINT', help: 'events', of: ({ regime }) => regime.n },
  { name: 'share', type: 'DOUBLE', help: 'of the events of the window', of: ({ regime }) => regime.share },
  ...withError('bias', 'mean δ', ({ bias }) => bias),
  ...withError('core', 'mean of the core of δ', ({ core }) => core),
  ...withError('median', 'of δ', ({ median }) => median),
  ...withError('sigma68', 'half of the central 68 % of δ', ({ sigma68 }) => sigma68),
  { name: 'tail', type: 'DOUBLE', help: 'share beyond 3 sigma68', of: ({ regime }) => regime.tail?.value ?? null },
  { name: 'tail_low', type: 'DOUBLE', help: 'its lower end (68 %)', of: ({ regime }) => regime.tail?.low ?? null },
  { name: 'tail_high', type: 'DOUBLE', help: 'its upper end (68 %)', of: ({ regime }) => regime.tail?.high ?? null },
  ...withError('pull_mean', 'mean pull', ({ pullMean }) => pullMean),
  ...withError('pull_width', 'width of the pull', ({ pullWidth }) => pullWidth),
  ...withError('peak', 'of the reconstructed spectrum', ({ peak }) => peak),
  ...withError('corrected_bias', 'mean δ as delivered', ({ corrected }) => corrected?.bias),
  ...withError('corrected_core', 'mean of the core as delivered', ({ corrected }) => corrected?.core),
  ...withError('corrected_median', 'median δ as delivered', ({ corrected }) => corrected?.median),
  ...withError('corrected_sigma68', 'sigma68 as delivered', ({ corrected }) => corrected?.sigma68),
  ...withError(
    'reference_core',
    'core in the windows that the checks learned from',
    ({ reference }) => reference?.core,
  ),
  ...withError('reference_sigma68', 'sigma68 there', ({ reference }) => reference?.sigma68),
  ...withError('reference_share', 'share there', ({ reference }) => reference?.share),
  ...withError('reference_peak', 'peak there', ({ reference }) => reference?.peak),
  { name: 'verdict', type: 'VARCHAR', help: 'null, good, medium or bad', of: ({ regime }) => regime.verdict },
  { name: 'why', type: 'VARCHAR', help: 'in words', of: ({ regime }) => regime.why },
];

export const quoted = (name: string): string => `"${name}"`;

/** Milliseconds to a timestamp; a number is bound as a double, whatever the column. */
const placeholder = (type: ColumnOf<never>['type'], at: number): string =>
  type === 'TIMESTAMP' ? `epoch_ms($${at}::BIGINT)` : `$${at}::${type}`;

/** INSERT of some rows into a table of these columns, and its values in order. */
export function insertion<Row>(
  table: string,
  columns: readonly ColumnOf<Row>[],
  rows: readonly Row[],
): { sql: string; values: Value[] } {
  const tuple = (_: Row, r: number): string =>
    `(${columns.map(({ type }, c) => placeholder(type, r * columns.length + c + 1)).join(', ')})`;
  return {
    sql: `INSERT INTO ${table} VALUES ${rows.map(tuple).join(', ')}`,
    values: rows.flatMap((row) => columns.map(({ of }) => of(row))),
  };
}
