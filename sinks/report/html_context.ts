import type { Report } from '../../schemas/report.js';
import { axisTitle } from './axis_title.js';
import { binWords } from './bin_words.js';
import { typeset } from './escape.js';
import { formatCount, formatEstimate, formatPlain } from '../page/client/shared/format_estimate.js';
import { estimateHtml, numbers, tableHtml, type Column } from './html_table.js';

/** Mean and quantiles of each context variable. */
export function quantileTable({ context }: Report): string {
  const probabilities = context[0]?.quantiles.map(({ p }) => p) ?? [];
  const columns: Column[] = [
    { head: 'variable', word: true },
    ...numbers('n', 'mean', ...probabilities.map((p) => `${formatPlain(100 * p)} %`)),
  ];
  const rows = context.map((one) => [
    typeset(axisTitle(one)),
    formatCount(one.n),
    estimateHtml(one.mean),
    ...one.quantiles.map(({ value, error }) => formatEstimate(value, error)),
  ]);
  return tableHtml('Mean and quantiles of the context', columns, rows);
}

/** Response in bins of each context variable. */
export function contextTable({ byContext, context }: Report): string {
  if (!byContext) return '';
  const columns: Column[] = [{ head: 'bin', word: true }, ...numbers('n', 'bias', 'median', 'σ68', 'mean |δ|')];
  return context
    .map((one) => {
      const rows = byContext
        .filter(({ variable }) => variable === one.variable)
        .map((row) => [
          binWords(row.low, row.high),
          formatCount(row.n),
          estimateHtml(row.bias),
          estimateHtml(row.median),
          estimateHtml(row.sigma68),
          estimateHtml(row.meanAbsolute),
        ]);
      return tableHtml(`Response in bins of ${axisTitle(one)}`, columns, rows);
    })
    .join('\n');
}
