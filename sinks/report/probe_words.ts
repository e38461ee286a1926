import { RANK } from '../../operators/checks/verdict.js';
import type { ProbeRow, Report } from '../../schemas/report.js';
import {
  formatCount,
  formatEstimate,
  formatNumber,
  formatPlain,
  formatShare,
} from '../page/client/shared/format_estimate.js';

/** A share in per cent with its interval, '0 +0.9 %' for none of n; '—' if there was no event to ask. */
export const fooledWords = ({ k, value, low, high }: ProbeRow['fooled']): string =>
  value !== null && k === 0 ? `0 +${formatPlain(100 * high, 2)} %` : formatShare(value, low, high);

/** Fooled − random in per cent, with its error. */
export const excessWords = ({ difference: { value, error } }: Pick<ProbeRow, 'difference'>): string =>
  value === null ? '—' : `${formatEstimate(100 * value, error === null ? null : 100 * error)} %`;

/** What was done, as far as it is the same for all rows of a probe: 'net of mass_net (gradient, s = 1)'. */
export const probeWords = ({ probe, model, attack, size }: ProbeRow): string =>
  `${probe} of ${model} (${attack.replaceAll('_', ' ')}, s = ${formatPlain(size)})`;

const verdicts: Record<ProbeRow['verdict'], string> = {
  null: 'too little data for a verdict',
  good: 'within the tolerance',
  medium: 'above the tolerance, but not beyond chance',
  bad: 'above the tolerance, beyond chance',
};

/** Of a regressor none is wrong before, so none need be called right. */
const tally = ({ fooled, random, right, wrong }: ProbeRow): string =>
  `${fooledWords(fooled)} of ${formatCount(right)} events${wrong > 0 ? ' that were right' : ''}, random ${fooledWords(random)}`;

/** The rows of all events, probe by probe: first that of all regimes. */
export const wholeRows = ({ probes = [] }: Pick<Report, 'probes'>): ProbeRow[][] =>
  [...new Set(probes.map(({ probe }) => probe))].map((name) =>
    probes.filter(({ probe, window }) => probe === name && window === null),
  );

const ofAll = (rows: readonly ProbeRow[]): ProbeRow | undefined => rows.find(({ regime }) => regime === 'all');

function regimeName({ regimes }: Report, id: ProbeRow['regime']): string {
  const label = regimes?.map.find((one) => one.id === id)?.label;
  return `regime ${id}${label ? ` (${label})` : ''}`;
}

/** A line a probe: how many events it fools beyond the control, the verdict, the worst regime, and what was not probed. */
export function probeLines(report: Report): string[] {
  return wholeRows(report).flatMap((rows) => {
    const all = ofAll(rows);
    if (!all) return [];
    if (all.fooled.value === null)
      return [`Probe ${probeWords(all)}: no event that was right among ${formatCount(all.sampled)} chosen.`];
    const worst = rows
      .filter(({ regime, verdict }) => regime !== 'all' && RANK[verdict] >= RANK.good)
      .sort((a, b) => RANK[b.verdict] - RANK[a.verdict] || b.difference.value! - a.difference.value!)[0];
    const missed = Object.entries({ skipped: all.skipped, unanswered: all.unanswered }).filter(([, n]) => n > 0);
    return [
      `Probe ${probeWords(all)}: fooled ${tally(all)}; difference ${excessWords(all)} ` +
        `(${formatNumber(all.significance, 1)} sigma), ${verdicts[all.verdict]}` +
        (worst
          ? `; the worst is ${regimeName(report, worst.regime)}, ${excessWords(worst)}, ${verdicts[worst.verdict]}`
          : '') +
        `${missed.map(([what, n]) => `; ${formatCount(n)} ${what}`).join('')}.`,
    ];
  });
}

/** Of each probe that is bad in any regime one line for the head of the page. */
export function probeAlerts(report: Report): string[] {
  return wholeRows(report).flatMap((rows) => {
    const bad = rows.filter(({ verdict }) => verdict === 'bad');
    const first = ofAll(bad) ?? [...bad].sort((a, b) => b.difference.value! - a.difference.value!)[0];
    if (!first) return [];
    const where = first.regime === 'all' ? '' : ` in ${regimeName(report, first.regime)}`;
    const rest = bad.filter((row) => row !== first).map(({ regime }) => regime);
    const also = rest.length === 0 ? '' : ` Bad in regime${rest.length > 1 ? 's' : ''} ${rest.join(', ')} too.`;
    return [`Probe ${probeWords(first)} is bad${where}: changes inside the uncertainties fool ${tally(first)}.${also}`];
  });
}
