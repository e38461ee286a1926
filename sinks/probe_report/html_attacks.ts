import type { ProbeReport } from '../../schemas/probe_report.js';
import { typeset } from '../report/escape.js';
import { formatCount, formatPlain } from '../page/client/shared/format_estimate.js';
import { estimateHtml, numbers, tableHtml, words } from '../report/html_table.js';
import { plain } from './entries.js';

/** What each attack did to the distributions and correlations, whether that can be seen, and what it cost. */
export function attackTable({ attacks, constraints }: ProbeReport): string {
  const capped = (value: number, cap: number) =>
    value > cap ? `<strong title="over the cap of ${cap}">${formatPlain(value, 2)}</strong>` : formatPlain(value, 2);
  const rows = attacks.map(
    ({ name, preserving, largestDistance, correlationChange, detector, evaluations, seconds }) => [
      typeset(plain(name)),
      preserving ? 'yes' : 'no',
      capped(largestDistance, constraints.distance),
      capped(correlationChange, constraints.correlation),
      detector ? estimateHtml(detector.auc) : '<span title="no classifier was trained">—</span>',
      formatCount(evaluations),
      seconds === undefined ? '<span title="not measured">—</span>' : formatPlain(seconds, 2),
    ],
  );
  const caption =
    `Attacks. In bold: over the cap (J–S distance ${formatPlain(constraints.distance)}, ` +
    `change of the correlations ${formatPlain(constraints.correlation)} of their norm)`;
  return tableHtml(
    caption,
    [
      ...words('attack', 'held to caps'),
      ...numbers('largest J–S', 'correlations', 'detector AUC', 'model rows', 'seconds'),
    ],
    rows,
    'fit',
  );
}
