import type { ProbeReport } from '../../schemas/probe_report.js';
import { escapeText, typeset } from '../report/escape.js';
import { formatNumber, formatPlain } from '../page/client/shared/format_estimate.js';
import { numbers, tableHtml, words } from '../report/html_table.js';
import { regimeWords } from './entries.js';

type Row = ProbeReport['mostFooled'][number];

/** A pull with its sign: '+0.79σ'. */
const pullWords = (pull: number): string => `${pull > 0 ? '+' : ''}${formatNumber(pull, 2)}σ`;

/** Features that were moved, the farthest first; those that follow from others have no pull of their own. */
function movedHtml({ moved }: Row, follows: ReadonlySet<string>): string {
  const changed = moved.filter(({ from, to }) => from !== to).sort((a, b) => Math.abs(b.pull) - Math.abs(a.pull));
  const still = moved.length - changed.length;
  const lines = changed.map(({ feature, from, to, pull }) => {
    // As many digits as tell the two apart.
    const digits = Math.max(4, 2 + Math.ceil(Math.log10(Math.max(Math.abs(from), Math.abs(to)) / Math.abs(to - from))));
    const by = follows.has(feature) ? 'follows' : pullWords(pull);
    return `${escapeText(feature)} ${formatPlain(from, digits)} → ${formatPlain(to, digits)} <strong>${by}</strong>`;
  });
  const list = lines.map((line) => `<span class="move">${line}</span>`).join(' ');
  return `${list}${still > 0 ? ` <span class="move">${still} unmoved</span>` : ''}`;
}

/** The events that were fooled the most: output before and after, and which features moved by how many σ. */
export function mostFooledTable(report: ProbeReport): string {
  const follows = new Set(report.features.filter(({ role }) => role === 'follows').map(({ name }) => name));
  const rows = report.mostFooled.map((row) => [
    `<code>${escapeText(row.event)}</code>`,
    typeset(regimeWords(report, row.regime)),
    formatPlain(row.before),
    formatPlain(row.after),
    movedHtml(row, follows),
  ]);
  return tableHtml(
    'Most fooled events: the output before and after, and what moved by how many uncertainties',
    [...words('event', 'regime'), ...numbers('before', 'after'), ...words('moved')],
    rows,
    'fit moves',
  );
}
