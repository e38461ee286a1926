import type { ProbeReport } from '../../schemas/probe_report.js';
import { typeset } from '../report/escape.js';
import { formatPlain, formatTo } from '../page/client/shared/format_estimate.js';
import { numbers, tableHtml, words } from '../report/html_table.js';
import { plain, regimesOf, regimeWords, type RegimeId } from './entries.js';
import { headlineOf } from './headline.js';

type Needed = ProbeReport['neededSize'][number];

/** '1.49 (1.25 – 1.73)'; '> 2' for what is beyond the largest size that was tried. */
function neededHtml({ size, low, high, tried }: Needed): string {
  const beyond = `> ${formatPlain(tried)}`;
  if (size === null) return low === null ? beyond : `${beyond} (from ${formatPlain(low, 3)})`;
  const width = (high ?? tried) - (low ?? 0);
  const [s = '', from = '', to = ''] = formatTo(width, size, low ?? 0, high ?? tried);
  return `${s} (${low === null ? '0' : from} – ${high === null ? beyond : to})`;
}

/** Smallest sizes that fool so large a share of the events, by regime; those of other attacks folded away. */
export function neededTables(report: ProbeReport): string {
  const { neededSize, attacks } = report;
  const headline = headlineOf(report)?.attack.name;
  const fractions = [...new Set(neededSize.map(({ fraction }) => fraction))].sort((a, b) => a - b);
  const columns = [...words('regime'), ...numbers(...fractions.map((fraction) => `${formatPlain(100 * fraction)} %`))];
  const asked = (attack: string, id: RegimeId) =>
    report.fooling.find((row) => row.attack === attack && row.regime === id)?.fooled.n;
  const table = (attack: string): string => {
    const own = neededSize.filter((row) => row.attack === attack);
    const rows = regimesOf(report)
      .filter((id) => own.some(({ regime }) => regime === id))
      .map((id) => [
        typeset(regimeWords(report, id)),
        ...fractions.map((fraction) => {
          const row = own.find(({ regime, fraction: f }) => regime === id && f === fraction);
          if (asked(attack, id) === 0) return '<span title="no event">—</span>';
          return row ? neededHtml(row) : '—';
        }),
      ]);
    const caption = `Size s, in uncertainties, at which the ${plain(attack)} attack fools so large a share`;
    return tableHtml(caption, columns, rows);
  };
  const others = attacks.filter(({ name }) => name !== headline).map(({ name }) => table(name));
  const rest = others.join('\n');
  const main = headline === undefined ? '' : table(headline);
  if (main === '' && rest.trim() === '') return '';
  return (
    `${main}<p class="notes">In brackets: the interval (68 %). A size with “>” is beyond the largest one that was tried.</p>` +
    (rest.trim() && `<details><summary>The same of the other attacks</summary>${rest}</details>`)
  );
}
