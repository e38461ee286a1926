import type { Report, TimelineReport } from '../../schemas/report.js';
import { formatCount, formatEstimate } from '../page/client/shared/format_estimate.js';

export type Change = NonNullable<TimelineReport['change']>;

export const quantityWords: Record<TimelineReport['checks'][number]['quantity'], string> = {
  bias: 'mean of the core of δ',
  sigma68: 'σ68 of δ',
  pull: 'mean pull',
  share: 'shares of the regimes',
};

export const checkWords: Record<TimelineReport['checks'][number]['check'], string> = {
  cusum: 'CUSUM',
  page_hinkley: 'Page–Hinkley',
  share_drift: 'share drift',
};

export const alarmsOf = ({ checks }: TimelineReport) =>
  checks.flatMap(({ alarms, check, quantity, regime }) =>
    alarms.map((alarm) => ({ ...alarm, check, quantity, regime })),
  );

const partWords = ({ value, error, sigma }: Change['mix']): string =>
  `${formatEstimate(value, error)} (${sigma.toFixed(1)} sigma)`;

/** What changed between the windows, and whether it was the mix of the regimes or δ inside them. */
export const changeWords = ({ at, found, total, mix, response, verdict, reason }: Change): string =>
  `${found === null ? `Before and after window ${at}, where no check found a change` : `Change at window ${at}`}: ${verdict}, ${reason}. ` +
  `The mean of the core of δ changed by ${partWords(total)}, of which mix ${partWords(mix)} and response ${partWords(response)}.`;

/** One line on the alarms, one on the change, one on the regimes that are not good. */
export function timelineLines({ timeline, quality = [] }: Report): string[] {
  if (!timeline) return [];
  const alarms = alarmsOf(timeline).sort((a, b) => a.raised - b.raised);
  const [first] = alarms;
  const of = first && (first.regime === 'all' ? '' : ` in regime ${first.regime}`);
  const heard = first
    ? `${formatCount(alarms.length)} alarms, the first at window ${first.raised} (${checkWords[first.check]}, ${quantityWords[first.quantity]}${of ?? ''})`
    : 'no alarm';
  const poor = quality.filter(({ verdict }) => verdict === 'bad' || verdict === 'medium');
  return [
    `Windows: ${formatCount(timeline.windows.length)} (${timeline.window}), ${formatCount(timeline.runLength.checks)} checks, ${heard}; ` +
      `without a change one false alarm is wanted in ${formatCount(timeline.runLength.wanted)} windows.`,
    ...(timeline.change && first ? [changeWords(timeline.change)] : []),
    ...(poor.length > 0
      ? [`Quality: ${poor.map(({ regime, verdict, why }) => `regime ${regime} ${verdict} (${why})`).join('; ')}.`]
      : []),
  ];
}
