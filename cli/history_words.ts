import type { Comparison, DistributionRow, PeriodContent, QuantityRow } from '../runtime/history/comparison.js';
import type { PageAlert, StoredWindow } from '../schemas/page.js';
import type { EpochContent } from '../sinks/history/epoch_content.js';
import type { Reference } from '../sinks/history/reference_period.js';
import { align, left, right, type Cell } from '../sinks/report/align.js';
import {
  formatCount,
  formatEstimate,
  formatNumber,
  formatProbability,
} from '../sinks/page/client/shared/format_estimate.js';

export interface Listed {
  readonly pipeline: string;
  readonly epochs: readonly EpochContent[];
  readonly reference: Reference | null;
  readonly alerts: number;
}

const timeOf = (at: number | null): string =>
  at === null || !Number.isFinite(at) ? '–' : `${new Date(at).toISOString().slice(0, 19)}Z`;

const head = (...names: string[]): Cell[] => names.map((name, i) => (i === 0 ? left(name) : right(name)));

export function listLines(rows: readonly Listed[]): string[] {
  if (rows.length === 0) return ['no windows in it yet'];
  return rows.flatMap(({ pipeline, epochs, reference, alerts }) => {
    const last = reference && `windows ${reference.from} to ${reference.to} of epoch ${reference.epoch}`;
    return [
      `${pipeline}: ${alerts} alerts fired; reference: ${last ?? 'none set'}`,
      ...align([
        head('epoch', 'windows', 'from', 'to', 'gaps', 'events', 'began', 'newest', 'run', 'pipeline'),
        ...epochs.map((one) => [
          left(
            `${one.epoch}${one.current ? ' (read)' : ''}${one.parent === null ? '' : ` branched off ${one.parent}`}`,
          ),
          ...[one.windows, one.from, one.to, one.gaps].map((n) => right(n?.toString() ?? '–')),
          right(formatCount(one.events)),
          ...[one.began, one.newest].map((at) => right(timeOf(at))),
          ...[one.run, one.pipelineHash].map((text) => right(text.slice(0, 12))),
        ]),
      ]),
    ];
  });
}

const estimateOf = (x: { value: number | null; error: number | null } | undefined): Cell =>
  right(formatEstimate(x?.value ?? null, x?.error ?? null));

export function windowLines({ at, run, report }: StoredWindow, epoch: number): string[] {
  const { correction, models } = report;
  return [
    `${report.pipeline}: window ${report.window}, index ${report.index} of epoch ${epoch}, closed ${timeOf(at)} by run ${run}`,
    `${formatCount(report.events)} events; models ${models.slice(0, 12)}; correction ${correction?.slice(0, 12) ?? 'none'}`,
    '',
    ...align([
      head('regime', 'n', 'share', 'core', 'corrected', 'σ68', 'pull', 'verdict'),
      ...report.regimes.map((row) => [
        left(`${row.regime} ${row.label}`),
        right(formatCount(row.n)),
        right(row.share === null ? '—' : `${(100 * row.share).toFixed(2)} %`),
        ...[row.core, row.corrected?.core, row.sigma68, row.pullMean].map(estimateOf),
        right(row.verdict),
      ]),
    ]),
    '',
    ...report.regimes.map(({ verdict, why }) => `${verdict}: ${why}`),
    ...report.alarms.map(
      ({ check, quantity, regime, since }) =>
        `alarm: ${check} of ${quantity} in regime ${regime}${since === null ? '' : ` since window ${since}`}`,
    ),
  ];
}

export const alertLines = (alerts: readonly PageAlert[]): string[] =>
  alerts.length === 0
    ? ['no alerts']
    : align([
        [left('since'), left('alert'), left('state'), left('ended'), left('what')],
        ...alerts.map((one) => [
          ...[timeOf(one.activeAt), one.name, one.state, timeOf(one.resolvedAt), one.summary].map(left),
        ]),
      ]);

const periodWords = (name: string, one: PeriodContent): string =>
  `${name}: ${one.file}, windows ${one.from} to ${one.to} of epoch ${one.epoch} ` +
  `(${one.windows} windows, ${formatCount(one.events)} events, ${timeOf(one.began)} to ${timeOf(one.ended)})`;

const stageWords = ({ stage }: Pick<QuantityRow, 'stage'>): string => stage ?? '';

/** σ with one decimal, and the p-value after Holm. */
const sigmaCells = ({ sigma, holm }: QuantityRow): Cell[] => [
  right(sigma === null ? '—' : formatNumber(sigma, 1)),
  right(formatProbability(holm)),
];

/** One share over the other: where they are furthest apart, in errors. */
function furthest({ ratio }: DistributionRow): string {
  const off = (one: DistributionRow['ratio'][number]): number =>
    one.value === null || one.error === null || one.error === 0 ? 0 : Math.abs(one.value - 1) / one.error;
  const worst = ratio.toSorted((p, q) => off(q) - off(p))[0];
  if (!worst) return '—';
  const place = `${worst.low?.toPrecision(3) ?? '−∞'}..${worst.high?.toPrecision(3) ?? '∞'}`.replaceAll('-', '−');
  return `${formatEstimate(worst.value, worst.error)} at ${place}`;
}

export const comparisonLines = (compared: Comparison): string[] => [
  compared.pipeline,
  periodWords('a', compared.a),
  periodWords('b', compared.b),
  '',
  ...align([
    [...['regime', 'quantity', 'stage'].map(left), ...['a', 'b', 'b − a', 'σ', 'p (Holm)'].map(right)],
    ...compared.rows.map((row) => [
      ...[left(`${row.regime} ${row.label}`), left(row.quantity), left(stageWords(row))],
      ...[row.a, row.b, row.difference].map(estimateOf),
      ...sigmaCells(row),
    ]),
  ]),
  '',
  ...align([
    [
      ...['regime', 'δ'].map(left),
      ...['χ²/ndof', 'p (Holm)', 'KS', 'p (Holm)', 'ratio b/a furthest from 1'].map(right),
    ],
    ...compared.distributions.map((row) => [
      ...[left(`${row.regime} ${row.label}`), left(row.stage)],
      right(row.chi2 ? `${row.chi2.value.toFixed(1)}/${row.chi2.ndof}` : '—'),
      right(formatProbability(row.chi2?.holm ?? null)),
      right(row.kolmogorov?.distance.toFixed(4) ?? '—'),
      right(formatProbability(row.kolmogorov?.holm ?? null)),
      right(row.reason ?? furthest(row)),
    ]),
  ]),
  '',
  `${compared.tests} tests; p after Holm's method over all of them. KS is of binned δ: its p is too large rather than too small.`,
  ...compared.notes.map((note) => `note: ${note}`),
];
