import type { CorrectionReport, Report } from '../../schemas/report.js';
import { axisTitle } from './axis_title.js';
import { binWords } from './bin_words.js';
import { namedBounds, rmsWords, shareWords } from './bound_words.js';
import { correctionVerdict } from './correction_words.js';
import { typeset } from './escape.js';
import { beforeAfterTable } from './html_before_after.js';
import { formatCount, formatPlain } from '../page/client/shared/format_estimate.js';
import { estimateHtml, numbers, stacked, tableHtml, words } from './html_table.js';

function bounds(correction: CorrectionReport): string {
  const rows = namedBounds(correction).map((bound) => [
    bound.of,
    typeset(bound.over),
    formatCount(bound.bins),
    formatCount(bound.events),
    rmsWords(bound.removableRms),
    rmsWords(bound.leftRms),
    shareWords(bound).replace(/ %$/, ''),
  ]);
  const columns = [
    ...words('of', 'over'),
    ...numbers('bins', 'events', 'before: all that could go', 'after', 'taken away [%]'),
  ];
  const table = tableHtml(
    'Bound: what the best function of the regime, or of the bin, could take away, and what was',
    columns,
    rows,
  );
  const core =
    correction.target === 'core'
      ? ' The core of δ is δ moved to within a few σ68 of the median: it is what is corrected.'
      : '';
  return (
    table &&
    `${table}<p class="notes">Roots of the mean squared bias, noise subtracted; the share is of its square.${core}</p>`
  );
}

function candidates({ candidates: tried }: CorrectionReport): string {
  const rows = tried.map(({ layer, degree, lambda, accepted, sigma, wanted, reason }) => [
    layer,
    accepted ? 'accepted' : 'refused',
    String(degree),
    lambda === null ? '—' : formatPlain(lambda),
    sigma.toFixed(1),
    wanted.toFixed(1),
    typeset(reason),
  ]);
  const columns = [
    ...words('layer', 'on validation'),
    ...numbers('degree', 'ridge', 'gain [sigma]', 'wanted'),
    ...words('why'),
  ];
  return `<details><summary>Corrections tried</summary>${tableHtml('Corrections tried', columns, rows, 'fit')}</details>`;
}

function byContext(report: Report, { byContext: rows }: CorrectionReport): string {
  const columns = [
    ...words('bin'),
    ...numbers('n', ...['bias', 'median', 'σ68'].flatMap((what) => [`${what} before`, 'after'])),
  ];
  const tables = report.context.map((one) => {
    const own = rows.filter(({ variable }) => variable === one.variable);
    const cells = own.map(({ low, high, n, before, after }) => [
      binWords(low, high),
      formatCount(n),
      ...[before.bias, after.bias, before.median, after.median, before.sigma68, after.sigma68].map((one) =>
        stacked(estimateHtml(one)),
      ),
    ]);
    return tableHtml(`Test events in bins of ${axisTitle(one)}`, columns, cells, 'fit');
  });
  return `<details><summary>Before and after in bins of the context</summary>${tables.join('\n')}</details>`;
}

/** Whether a correction was accepted and why, what it did to the test events, and the bound. */
export function correctionHtml(report: Report): string {
  const { correction } = report;
  if (!correction) return '';
  const { accepted, training, validation, after } = correction;
  const split = `Fitted on ${formatCount(training)} training events, accepted or refused on ${formatCount(validation)} validation events, quoted on ${formatCount(after.n)} test events.`;
  return [
    `<p class="verdict ${accepted ? 'good' : 'medium'}">${typeset(correctionVerdict(correction))}</p><p>${split}</p>`,
    beforeAfterTable(report, correction),
    bounds(correction),
    candidates(correction),
    byContext(report, correction),
  ].join('\n');
}
