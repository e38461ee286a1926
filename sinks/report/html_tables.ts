import type { Estimate, Report } from '../../schemas/report.js';
import { escapeText } from './escape.js';
import { formatCount, formatEstimate, formatPlain, formatShare } from './format_estimate.js';

interface Column {
  readonly head: string;
  readonly word?: boolean;
}

const cell = (tag: 'th' | 'td', { word }: Column, content: string, scope = ''): string =>
  `<${tag}${scope}${word ? ' class="word"' : ''}>${content}</${tag}>`;

function tableHtml(caption: string, columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const head = columns.map((column) => cell('th', column, escapeText(column.head), ' scope="col"')).join('');
  const body = rows.map((row) => `<tr>${row.map((text, c) => cell('td', columns[c]!, text)).join('')}</tr>`).join('');
  return (
    `<div class="table"><table><caption>${escapeText(caption)}</caption>` +
    `<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
  );
}

/** '—' with the reason behind it where a number is not known. */
function estimateHtml({ value, error, reason }: Estimate): string {
  if (value !== null) return formatEstimate(value, error);
  return reason === undefined ? '—' : `<span title="${escapeText(reason)}">—</span>`;
}

type Response = NonNullable<Report['response']>[number];

const responseColumns: readonly Column[] = ['n', 'bias', 'median', 'σ68', 'IQR/1.349', 'tail', 'mean |δ|'].map(
  (head) => ({ head }),
);

const responseCells = (row: Response): string[] => [
  formatCount(row.n),
  estimateHtml(row.bias),
  estimateHtml(row.median),
  estimateHtml(row.sigma68),
  estimateHtml(row.iqr),
  formatShare(row.tail.value, row.tail.low, row.tail.high),
  estimateHtml(row.meanAbsolute),
];

/** One row a regime: where it is, its share, and its response or its peak. */
export function regimeTable(report: Report): string {
  const { regimes, response, peak } = report;
  if (!regimes) return '';
  const variables = report.context.map(({ variable, title, unit }) => ({
    variable,
    head: unit === null ? title : `${title} [${unit}]`,
  }));
  const own: readonly Column[] = response ? responseColumns : [{ head: 'n' }, { head: 'peak' }];
  const columns: Column[] = [
    { head: 'regime' },
    { head: 'label', word: true },
    ...variables.map(({ head }) => ({ head })),
    { head: 'share' },
    ...own,
  ];
  const cellsOf = (id: number | 'all', n: number): string[] => {
    const row = response?.find((r) => r.regime === id && r.split === 'all' && r.stage === 'raw');
    if (row) return responseCells(row);
    const position = peak?.find((p) => p.regime === id && p.series === 'reco')?.position;
    return [formatCount(n), position ? estimateHtml(position) : '—'];
  };
  const rows = regimes.map.map((regime) => [
    String(regime.id),
    escapeText(regime.label),
    ...variables.map(({ variable }) => formatPlain(regime.centroid[variable] ?? NaN, 3)),
    formatShare(regime.share, regime.shareInterval.low, regime.shareInterval.high),
    ...cellsOf(regime.id, regime.n),
  ]);
  rows.push(['all', 'all regimes', ...variables.map(() => ''), '', ...cellsOf('all', report.events.used)]);
  const caption =
    `${regimes.chosen}; found from ${formatCount(regimes.training)} training events in ${formatCount(regimes.cells)} ` +
    'cells of the context; centroids in the units of the context. Errors are 68 %; the tail lies beyond 3 σ68 from the median.';
  return tableHtml(caption, columns, rows);
}

/** Response by regime and split, folded away. */
export function responseTable({ response, regimes }: Report): string {
  if (!response) return '';
  const labels = new Map<number | 'all', string>(regimes?.map.map(({ id, label }) => [id, label]));
  const columns: Column[] = [
    { head: 'regime' },
    { head: 'label', word: true },
    { head: 'split', word: true },
    { head: 'stage', word: true },
    ...responseColumns,
  ];
  const rows = response.map((row) => [
    String(row.regime),
    escapeText(labels.get(row.regime) ?? 'all regimes'),
    row.split,
    row.stage,
    ...responseCells(row),
  ]);
  return `<details><summary>Response by regime and split</summary>${tableHtml('Response by regime and split', columns, rows)}</details>`;
}

export function quantileTable({ context }: Report): string {
  const probabilities = context[0]?.quantiles.map(({ p }) => p) ?? [];
  const columns: Column[] = [
    { head: 'variable' },
    { head: 'n' },
    { head: 'mean' },
    ...probabilities.map((p) => ({ head: `${formatPlain(100 * p)} %` })),
  ];
  const rows = context.map(({ title, unit, n, mean, quantiles }) => [
    escapeText(unit === null ? title : `${title} [${unit}]`),
    formatCount(n),
    estimateHtml(mean),
    ...quantiles.map(({ value, error }) => formatEstimate(value, error)),
  ]);
  return tableHtml('Mean and quantiles of the context', columns, rows);
}

/** Response in bins of each context variable. */
export function contextTable({ byContext, context }: Report): string {
  if (!byContext) return '';
  const columns = ['bin', 'n', 'bias', 'median', 'σ68', 'mean |δ|'].map((head) => ({ head }));
  return context
    .map(({ variable, title, unit }) => {
      const rows = byContext
        .filter((row) => row.variable === variable)
        .map((row) => [
          binWords(row.low, row.high),
          formatCount(row.n),
          estimateHtml(row.bias),
          estimateHtml(row.median),
          estimateHtml(row.sigma68),
          estimateHtml(row.meanAbsolute),
        ]);
      return tableHtml(`Response in bins of ${title}${unit === null ? '' : ` [${unit}]`}`, columns, rows);
    })
    .join('\n');
}

const binWords = (low: number | null, high: number | null): string =>
  low === null
    ? `below ${formatPlain(high!)}`
    : high === null
      ? `from ${formatPlain(low)}`
      : `${formatPlain(low)} – ${formatPlain(high)}`;
