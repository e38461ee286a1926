import type { Report } from '../../schemas/report.js';
import { escapeText, typeset } from './escape.js';
import { formatCount, formatPlain, formatProbability } from '../page/client/shared/format_estimate.js';
import { numbers, tableHtml, words } from './html_table.js';
import { verdictHtml } from './html_timeline.js';

/** This report against the reference: one verdict, and every distribution that both have. */
export function referenceHtml({ reference, regimes }: Report): string {
  if (!reference) return '';
  const labels = new Map<number | 'all', string>(regimes?.map.map(({ id, label }) => [id, label]));
  const rows = reference.comparisons.map((one) => [
    `${one.distribution} ${typeset(one.variable)}`,
    one.regime === 'all' ? 'all' : `${one.regime} ${typeset(labels.get(one.regime) ?? '')}`,
    formatCount(one.n),
    formatCount(one.referenceN),
    one.chi2 ? `${formatPlain(one.chi2.value, 3)}/${one.chi2.ndof}` : '—',
    one.kolmogorov ? formatPlain(one.kolmogorov.distance, 3) : '—',
    one.wasserstein ? `${formatPlain(one.wasserstein.moved, 3)} (${formatPlain(one.tolerance, 3)})` : '—',
    formatProbability(one.pValue),
    verdictHtml(one.verdict),
  ]);
  const columns = [
    ...words('distribution', 'regime'),
    ...numbers('n', 'n of reference', 'χ²/ndof', 'Kolmogorov', 'moved (tolerance)', 'p'),
    ...words('verdict'),
  ];
  const notes = reference.notes.map((note) => `<br>Note: ${typeset(note)}.`).join('');
  return (
    `<p>${verdictHtml(reference.verdict)} Against <strong>${escapeText(reference.path)}</strong>: ${typeset(reference.reason)}.</p>` +
    tableHtml('Distributions against the reference', columns, rows, 'fit') +
    `<p class="notes">Shapes are compared, totals do not count. p is Holm-corrected over all comparisons; level ${formatPlain(reference.level)}.${notes}</p>`
  );
}
