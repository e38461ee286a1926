import type { ProbeReport } from '../../schemas/probe_report.js';
import type { Estimate } from '../../schemas/report.js';
import { typeset } from '../report/escape.js';
import { formatEstimate, formatPlain } from '../page/client/shared/format_estimate.js';
import { estimateHtml, numbers, tableHtml, words } from '../report/html_table.js';
import { plain, regimeWords, type Hidden } from './entries.js';
import { headlineOf } from './headline.js';
import { timesOneAtATime } from './times_one_at_a_time.js';

function timesHtml(shift: Estimate, today: Estimate): string {
  const times = timesOneAtATime(shift, today);
  return times
    ? formatEstimate(times.value, times.error)
    : '<span title="not known, or nothing to compare with">—</span>';
}

function cells(report: ProbeReport, row: Hidden): string[] {
  const { quantity, unit, regime, nominal, shift, random, oneAtATime, largest } = row;
  return [
    typeset(`${plain(quantity)}${unit === null ? '' : ` [${unit}]`}`),
    typeset(regimeWords(report, regime)),
    ...[nominal, shift, random, oneAtATime].map(estimateHtml),
    timesHtml(shift, oneAtATime),
    largest ? typeset(`${largest.input}: ${formatPlain(largest.shift, 2)}`) : '—',
  ];
}

const columns = [
  ...words('quantity', 'regime'),
  ...numbers('nominal', 'attack', 'random', 'one at a time', 'attack / one at a time'),
  ...words('largest single input'),
];

/** Shift of each measured quantity by regime, beside the control and one input at a time; other attacks folded away. */
export function hiddenTables(report: ProbeReport): string {
  const headline = headlineOf(report);
  if (!headline) return '';
  const { attack, size } = headline;
  const quantities = [...new Set(report.hidden.map(({ quantity }) => quantity))];
  const sorted = quantities.flatMap((quantity) => report.hidden.filter((row) => row.quantity === quantity));
  const isOwn = (row: Hidden) => row.attack === attack.name && row.size === size;
  const main = tableHtml(
    `Shift of what is measured, perturbed − nominal, ${plain(attack.name)} attack at s = ${formatPlain(size)}`,
    columns,
    sorted.filter(isOwn).map((row) => cells(report, row)),
    'fit',
  );
  const others = sorted.filter((row) => !isOwn(row));
  const rest = tableHtml(
    'Other attacks and sizes',
    [...words('attack'), ...numbers('s'), ...columns],
    others.map((row) => [typeset(plain(row.attack)), formatPlain(row.size), ...cells(report, row)]),
    'fit',
  );
  return main + (rest && `<details><summary>Other attacks and sizes</summary>${rest}</details>`);
}
