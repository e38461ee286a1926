import type { ProbeReport } from '../../schemas/probe_report.js';
import { enough } from '../report/few_events.js';
import { formatCount, formatEstimate, formatNumber, formatPlain } from '../page/client/shared/format_estimate.js';
import { plain, regimeWords, shareWords, type Fooling, type Hidden, type RegimeId } from './entries.js';
import { foolingAt, headlineOf, type Headline } from './headline.js';
import { timesOneAtATime } from './times_one_at_a_time.js';

const inRegime = (report: ProbeReport, regime: RegimeId): string =>
  regime === 'all' ? 'all regimes' : `regime ${regimeWords(report, regime)}`;

const eventWords = ({ kind }: ProbeReport): string => (kind === 'classify' ? 'events that were right' : 'events');

function capLine({ constraints }: ProbeReport, { attack }: Headline): string {
  const capped = (value: number, cap: number) =>
    `${formatPlain(value, 2)} (${value > cap ? 'over the cap of' : 'cap'} ${formatPlain(cap)})`;
  return (
    `The largest Jensen–Shannon distance of a feature is then ${capped(attack.largestDistance, constraints.distance)}, ` +
    `the change of the correlations ${capped(attack.correlationChange, constraints.correlation)} of their norm.`
  );
}

function excessLine({ difference: { value, error, reason } }: Fooling): string {
  if (value === null) return `Whether that is more than chance is not known: ${reason ?? 'no event'}.`;
  const sigma = error !== null && error > 0 ? value / error : null;
  const words = sigma === null ? '' : ` (${formatNumber(sigma, 1)} standard errors)`;
  const excess = formatEstimate(100 * value, error === null ? null : 100 * error);
  const found = sigma !== null && sigma > 3 ? 'more than chance' : 'not clearly more than chance';
  return `Fooled − random is ${excess} %${words}: ${found}.`;
}

function worstLine(report: ProbeReport, rows: readonly Fooling[]): string[] {
  const sure = rows.filter(({ regime, fooled }) => regime !== 'all' && fooled.value !== null && fooled.n >= enough);
  const worst = [...sure].sort((a, b) => b.fooled.value! - a.fooled.value!)[0];
  if (!worst || worst.fooled.k === 0 || sure.length < 2) return [];
  const { regime, fooled, random } = worst;
  return [
    `The worst is ${inRegime(report, regime)}: ${shareWords(fooled)} of ${formatCount(fooled.n)} ${eventWords(report)}, random ${shareWords(random)}.`,
  ];
}

/** The shift of one quantity in all regimes, and in the regime of enough events where it is the largest. */
function hiddenLine(report: ProbeReport, rows: readonly Hidden[]): string[] {
  const words = ({ regime, shift, random, oneAtATime, unit }: Hidden): string => {
    const times = timesOneAtATime(shift, oneAtATime);
    const today = oneAtATime.value === null ? 'not known' : formatEstimate(oneAtATime.value, oneAtATime.error);
    return (
      `${formatEstimate(shift.value, shift.error)}${unit === null ? '' : ` ${unit}`} in ${inRegime(report, regime)} ` +
      `(random ${formatEstimate(random.value, random.error)}; one input at a time ${today}` +
      `${times ? `, so ${formatEstimate(times.value, times.error)} times that` : ''})`
    );
  };
  const sure = new Set<RegimeId>(report.regimes.filter(({ events }) => events >= enough).map(({ id }) => id));
  const known = rows.filter(({ regime, shift }) => shift.value !== null && (regime === 'all' || sure.has(regime)));
  const worst = known
    .filter(({ regime }) => regime !== 'all')
    .sort((a, b) => Math.abs(b.shift.value!) - Math.abs(a.shift.value!))[0];
  const shown = [known.find(({ regime }) => regime === 'all'), worst].filter((row) => row !== undefined);
  if (shown.length === 0) return [];
  return [`Hidden systematic, shift of the ${plain(shown[0]!.quantity)}: ${shown.map(words).join('; the largest ')}.`];
}

function detectorLine({ attack }: Headline): string {
  if (!attack.detector) return 'No classifier was trained to tell perturbed from nominal events.';
  const { value, error, reason } = attack.detector.auc;
  if (value === null) {
    return `Whether a classifier can tell perturbed from nominal events is not known: ${reason ?? 'too few events'}.`;
  }
  return `A classifier trained to tell perturbed from nominal events reaches an AUC of ${formatEstimate(value, error)} (0.5: it cannot).`;
}

/** What the probe found, one line each, for the terminal and the page; every number with its error or its count. */
export function verdict(report: ProbeReport): string[] {
  const headline = headlineOf(report);
  if (!headline) return ['No attack was run.'];
  const { attack, size } = headline;
  const rows = foolingAt(report, attack.name, size);
  const all = rows.find(({ regime }) => regime === 'all');
  if (!all || all.fooled.value === null) return ['No event could be probed.'];
  const hidden = report.hidden.filter((row) => row.attack === attack.name && row.size === size);
  const quantities = [...new Set(hidden.map(({ quantity }) => quantity))];
  return [
    `At s = ${formatPlain(size)}, the ${plain(attack.name)} attack fools ${shareWords(all.fooled)} of ${formatCount(all.fooled.n)} ${eventWords(report)}; ` +
      `random changes of the same size ${shareWords(all.random)}.`,
    capLine(report, headline),
    excessLine(all),
    ...worstLine(report, rows),
    ...quantities.flatMap((quantity) =>
      hiddenLine(
        report,
        hidden.filter((row) => row.quantity === quantity),
      ),
    ),
    detectorLine(headline),
  ];
}
