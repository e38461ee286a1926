import type { Report } from '../../schemas/report.js';
import { axisTitle } from './axis_title.js';
import { typeset } from './escape.js';
import { formatCount, formatNumber, formatPlain, formatShare } from '../page/client/shared/format_estimate.js';
import { estimateHtml, numbers, stacked, tableHtml, type Column } from './html_table.js';

type Response = NonNullable<Report['response']>[number];

const responseColumns = numbers('n', 'bias', 'median', 'σ68', 'IQR/1.349', 'tail [%]', 'mean |δ|');

/** Without the unit, which stands in the column's head. */
const percent = (...share: Parameters<typeof formatShare>): string => formatShare(...share).replace(/ %$/, '');

/** To three digits, zeros kept, so that a column reads evenly. */
const three = (value: number): string =>
  formatNumber(value, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1))));

const responseCells = (row: Response): string[] => [
  formatCount(row.n),
  estimateHtml(row.bias),
  estimateHtml(row.median),
  estimateHtml(row.sigma68),
  estimateHtml(row.iqr),
  percent(row.tail.value, row.tail.low, row.tail.high),
  estimateHtml(row.meanAbsolute),
];

/** One row a regime: where it is, its share, and its response or its peak; below, how to read it. */
export function regimeTable(report: Report): string {
  const { regimes, response, peak, weight } = report;
  if (!regimes) return '';
  const unit = report.distributions.spectrum?.axis.unit;
  const own: readonly Column[] = response ? responseColumns : numbers('n', unit ? `peak [${unit}]` : 'peak');
  const columns: Column[] = [
    { head: 'id', word: true },
    { head: 'label', word: true },
    ...numbers(...report.context.map(axisTitle), 'share [%]'),
    ...own,
  ];
  const cellsOf = (id: number | 'all', n: number): string[] => {
    const row = response?.find((r) => r.regime === id && r.split === 'all' && r.stage === 'raw');
    if (row) return responseCells(row);
    const position = peak?.find((p) => p.regime === id && p.series === 'reco')?.position;
    return own.map((_, c) => (c === 0 ? formatCount(n) : c === 1 && position ? estimateHtml(position) : '—'));
  };
  const rows = regimes.map.map((regime) => [
    String(regime.id),
    typeset(regime.label),
    ...report.context.map(({ variable }) => three(regime.centroid[variable] ?? 0)),
    percent(regime.share, regime.shareInterval.low, regime.shareInterval.high),
    ...cellsOf(regime.id, regime.n),
  ]);
  rows.push(['all', 'all regimes', ...report.context.map(() => ''), '', ...cellsOf('all', report.events.used)]);
  const caption = `Regimes, their centroids and their ${response ? 'response' : 'peak'}`;
  const words =
    `${regimes.chosen}. Found from ${formatCount(regimes.training)} training events in ${formatCount(regimes.cells)} cells of the context. ` +
    'Errors are standard errors (68 %). ' +
    (response ? 'The tail is the share of events further than 3 σ68 from the median, with its 68 % interval. ' : '') +
    (weight === null ? '' : 'n counts events; all else is weighted.');
  return `${tableHtml(
    caption,
    columns,
    response ? rows.map((row) => row.map(stacked)) : rows,
    response ? 'fit' : '',
  )}\n<p class="notes">${typeset(words.trim())}</p>${scanTable(report)}`;
}

/** With a number of regimes found by a criterion: the criterion for each number tried. */
function scanTable({ regimes }: Report): string {
  const rows = (regimes?.scan ?? []).map(({ count, inertia, calinskiHarabasz }) => [
    `${count}${count === regimes?.count ? ' (taken)' : ''}`,
    formatPlain(inertia),
    formatPlain(calinskiHarabasz),
  ]);
  const caption = 'Number of regimes tried';
  const table = tableHtml(caption, [{ head: 'regimes', word: true }, ...numbers('inertia', 'Calinski–Harabasz')], rows);
  return table && `\n<details><summary>${caption}</summary>${table}</details>`;
}

/** Response by regime and split, folded away. */
export function responseTable({ response, regimes }: Report): string {
  if (!response) return '';
  const labels = new Map<number | 'all', string>(regimes?.map.map(({ id, label }) => [id, label]));
  const columns = [...['id', 'label', 'split', 'stage'].map((head) => ({ head, word: true })), ...responseColumns];
  const rows = response.map((row) => [
    String(row.regime),
    typeset(labels.get(row.regime) ?? 'all regimes'),
    row.split,
    row.stage,
    ...responseCells(row),
  ]);
  const caption = 'Response by regime and split';
  return `<details><summary>${caption}</summary>${tableHtml(caption, columns, rows)}</details>`;
}
