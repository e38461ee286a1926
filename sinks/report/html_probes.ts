import type { ProbeRow, Report } from '../../schemas/report.js';
import { escapeText, typeset } from './escape.js';
import { formatCount } from '../page/client/shared/format_estimate.js';
import { numbers, tableHtml, words } from './html_table.js';
import { verdictHtml } from './html_timeline.js';
import { excessWords, fooledWords, probeLines, probeWords, wholeRows } from './probe_words.js';

const share = (of: ProbeRow['fooled']): string =>
  `<span title="${of.k} of ${of.n}">${escapeText(fooledWords(of))}</span>`;

const counts = ({ right, fooled, random, ...row }: ProbeRow): string[] => [
  formatCount(right),
  share(fooled),
  share(random),
  excessWords(row),
];

const rest = (row: ProbeRow): string[] => [
  ...[row.wrong, row.unanswered, row.skipped].map(formatCount),
  verdictHtml(row.verdict),
];

const columns = [
  ...numbers('right', 'fooled', 'control', 'difference', 'wrong', 'unanswered', 'skipped'),
  ...words('verdict'),
];

function wholeTable(report: Report, rows: readonly ProbeRow[]): string {
  const labels = new Map<number | 'all', string>(report.regimes?.map.map(({ id, label }) => [id, label]));
  const body = rows.map((row) => [
    row.regime === 'all' ? 'all' : `${row.regime} ${typeset(labels.get(row.regime) ?? '')}`,
    ...counts(row),
    ...rest(row),
  ]);
  const caption = `Probe ${probeWords(rows[0]!)}: ${formatCount(rows[0]!.sampled)} events chosen`;
  return tableHtml(caption, [...words('regime'), ...columns], body, 'fit');
}

/** Windows that the page lists; report.json has all. */
const LISTED = 50;

/** The windows of a probe, folded away: the newest first. */
function windowTable({ probes = [] }: Report, name: string): string {
  const own = probes.filter(({ probe, window }) => probe === name && window !== null);
  const windows = [...new Set(own.map(({ window }) => window!))].sort((a, b) => b - a);
  const rows = windows.slice(0, LISTED).flatMap((number) => own.filter(({ window }) => window === number));
  const body = rows.map((row) => [String(row.window), String(row.regime), ...counts(row), ...rest(row)]);
  const caption =
    `Probe ${name} by window, the newest first` +
    (windows.length > LISTED ? ` (${LISTED} of ${windows.length}; report.json has all)` : '');
  const table = tableHtml(caption, [...numbers('window'), ...words('regime'), ...columns], body, 'fit');
  return table && `<details><summary>${typeset(caption)}</summary>${table}</details>`;
}

/** How often allowed changes of its inputs fool a model, beside the control: by probe and regime, then by window. */
export function probesHtml(report: Report): string {
  const probes = wholeRows(report).filter((rows) => rows.length > 0);
  if (probes.length === 0) return '';
  const lines = probeLines(report).map((line) => `<li>${typeset(line)}</li>`);
  return [
    `<ul>${lines.join('')}</ul>`,
    ...probes.map((rows) => wholeTable(report, rows) + windowTable(report, rows[0]!.probe)),
    '<p class="notes">Of the events that the model had right, those that a change of at most s uncertainties makes ' +
      'wrong; intervals are Wilson’s (68 %). Control: random changes of the same size. Difference: of the same events, ' +
      'with McNemar’s error. Verdict: bad is above the tolerance by more than 2.6 errors, medium above it.</p>',
  ].join('\n');
}
