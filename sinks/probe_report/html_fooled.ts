import type { ProbeReport } from '../../schemas/probe_report.js';
import { typeset } from '../report/escape.js';
import { formatCount, formatPlain } from '../page/client/shared/format_estimate.js';
import { estimateHtml, numbers, tableHtml, words, type Column } from '../report/html_table.js';
import { plain, regimeWords, shareHtml, type Fooling, triesWords } from './entries.js';
import { foolingAt, headlineOf } from './headline.js';

const scaled = ({ value, error, ...rest }: Fooling['difference']) =>
  estimateHtml({ ...rest, value: value === null ? null : 100 * value, error: error === null ? null : 100 * error });

const cells = (report: ProbeReport, { regime, fooled, random, difference, undetected }: Fooling): string[] => [
  typeset(regimeWords(report, regime)),
  formatCount(fooled.n),
  shareHtml(fooled),
  shareHtml(random),
  scaled(difference),
  shareHtml(undetected),
];

const columns: Column[] = [
  ...words('regime'),
  ...numbers('n', 'fooled', 'random', 'fooled − random [%]', 'undetected'),
];

/** Fooled shares of the headline attack at its size, by regime; those of every attack and size folded away. */
export function fooledTables(report: ProbeReport): string {
  const headline = headlineOf(report);
  if (!headline || report.fooling.length === 0) return '';
  const { attack, size } = headline;
  const own = foolingAt(report, attack.name, size);
  const among = report.kind === 'classify' ? 'events that were right' : 'events';
  const what =
    report.kind === 'classify'
      ? 'An event that was decided right is fooled if the changes turn the decision.'
      : 'An event is fooled if its output moves by as many resolutions as the tolerance of the model card says.';
  const main = tableHtml(
    `Fooled ${among}, ${plain(attack.name)} attack at s = ${formatPlain(size)}`,
    columns,
    own.map((row) => cells(report, row)),
    'fit',
  );
  const all = tableHtml(
    'Every attack, size and regime',
    [...words('attack'), ...numbers('s'), ...columns],
    report.fooling.map((row) => [typeset(plain(row.attack)), formatPlain(row.size), ...cells(report, row)]),
    'fit',
  );
  return (
    `${main}<p class="notes">${what} n: ${among}. Random: ${triesWords(report)} of the same size under the same constraints. ` +
    'Undetected: fooled and not told from nominal by the classifier trained for it, of all probed events. Shares with Wilson intervals (68 %), their difference of paired events.</p>' +
    `<details><summary>Every attack, size and regime</summary>${all}</details>`
  );
}
