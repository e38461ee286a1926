import type { LocalityReport, Report } from '../../schemas/report.js';
import { axisTitle } from './axis_title.js';
import { binWords } from './bin_words.js';
import { typeset } from './escape.js';
import { formatCount, formatNumber, formatPlain, formatProbability } from '../page/client/shared/format_estimate.js';
import { estimateHtml, numbers, tableHtml, type Column } from './html_table.js';
import { localityLine } from './locality_words.js';
import { titled } from './titled.js';

type Row = Omit<LocalityReport['regimes'][number], 'regime'>;

const columns = (first: Column[]): Column[] => [
  ...first,
  ...numbers('n', 'pull mean', 'pull width', 'excess in δ', 'shared [%]', 'p of mean', 'p of width'),
  { head: 'found', word: true },
];

/** Which of the two, if any, stands out, and whether by more than its tolerance. */
function found({ level, tolerance, widthTolerance }: LocalityReport, row: Row): string {
  const words = (what: string, p: number | null, off: number | null, most: number) =>
    p === null || p >= level
      ? []
      : [off !== null && Math.abs(off) > most ? `<strong>${what}</strong>` : `${what}, a trifle`];
  const { pValue, pValueWidth, excess, pullWidth } = row;
  return [
    ...words('mean', pValue, excess.value, tolerance),
    ...words('width', pValueWidth, pullWidth.value === null ? null : pullWidth.value - 1, widthTolerance),
  ].join('; ');
}

const cellsOf = (test: LocalityReport, row: Row): string[] => [
  formatCount(row.n),
  estimateHtml(row.pullMean),
  estimateHtml(row.pullWidth),
  estimateHtml(row.excess),
  row.pullMean.value === null ? '—' : formatNumber(100 * row.shared, 0),
  formatProbability(row.pValue),
  formatProbability(row.pValueWidth),
  found(test, row),
];

function tables(report: Report, test: LocalityReport): string {
  const labels = new Map(report.regimes?.map.map(({ id, label }) => [id, label]));
  const ids = ['id', 'label'].map((head) => ({ head, word: true }));
  const byRegime = test.regimes.map((row) => [
    String(row.regime),
    typeset(labels.get(row.regime) ?? ''),
    ...cellsOf(test, row),
  ]);
  const byContext = report.context.map((one) => {
    const rows = test.byContext
      .filter(({ variable }) => variable === one.variable)
      .map((row) => [binWords(row.low, row.high), ...cellsOf(test, row)]);
    return tableHtml(
      `Pulls in bins of ${axisTitle(one)}, ${test.model} model`,
      columns([{ head: 'bin', word: true }]),
      rows,
      'fit',
    );
  });
  return [tableHtml(`Pulls by regime, ${test.model} model`, columns(ids), byRegime, 'fit'), ...byContext].join('\n');
}

/** Significance and relevance apart, each with the number that decides. */
function judgement(
  report: Report,
  { tests, significant, relevant, sigma, pValue, level, tolerance, widthTolerance, regimes, byContext }: LocalityReport,
): string {
  const families = tests
    .map(({ name, chi2, ndof, pValue: p }) => `${name} χ² ${formatPlain(chi2, 3)}/${ndof}, p ${formatProbability(p)}`)
    .join('; ');
  const size = sigma === null ? 'not known' : `${sigma.toFixed(1)} sigma, p = ${formatProbability(pValue)}`;
  const out = [...regimes, ...byContext].filter(({ pValue: p }) => p !== null && p < level);
  const largest = out.sort((a, b) => Math.abs(b.excess.value ?? 0) - Math.abs(a.excess.value ?? 0))[0];
  const most = largest ? estimateHtml(largest.excess) : '—';
  return (
    `<dl><dt>Significance</dt><dd><strong>${significant ? 'significant' : 'not significant'}</strong>: the pull means deviate by ${size}, ` +
    `Holm-corrected over ${tests.length} tests; significant below ${formatPlain(level)} (${typeset(titled(report, families))}).</dd>` +
    `<dt>Relevance</dt><dd><strong>${relevant ? 'relevant' : 'not relevant'}</strong>: the largest excess in δ of a bin that stands out on its own is ${most}; ` +
    `tolerance ${formatPlain(tolerance)} (and ${formatPlain(widthTolerance)} for a pull width).</dd></dl>`
  );
}

const blind = (report: Report, { weak }: LocalityReport): string =>
  weak.length === 0
    ? '<p>Nothing that it should see is known to be out of its reach.</p>'
    : `<ul>${weak.map((line) => `<li>${typeset(titled(report, line))}.</li>`).join('')}</ul>`;

function section(report: Report, test: LocalityReport, open: boolean): string {
  const head = `<p class="verdict ${test.violated ? 'bad' : 'good'}">${typeset(localityLine(report, test))}</p>`;
  const rest =
    `${judgement(report, test)}\n<h3>What this test cannot see</h3>${blind(report, test)}\n${tables(report, test)}\n` +
    '<p class="notes">z = (δ − E[δ|local]) / σ[δ|local]. Excess: mean of δ − E[δ|local]. Shared: how much of what the bin knows about its mean the fit ' +
    `of the local model took up. p-values are Holm-corrected over all bins and regimes. Found: what is significant at ${formatPlain(test.level)}, in bold if beyond its tolerance.</p>`;
  return open
    ? `${head}\n${rest}`
    : `<details><summary>Against the ${test.model} model: ${test.violated ? 'not local' : 'local'}</summary>${head}\n${rest}</details>`;
}

/** Verdict on locality in words, significance and relevance, what the test cannot see, and the table; other models folded. */
export function localityHtml(report: Report): string {
  const { locality } = report;
  if (!locality) return '';
  return [section(report, locality, true), ...locality.alternatives.map((test) => section(report, test, false))].join(
    '\n',
  );
}
