import type { ProbeReport } from '../../schemas/probe_report.js';
import { align, left, right, type Cell } from '../report/align.js';
import { formatCount, formatEstimate } from '../page/client/shared/format_estimate.js';
import { plain, regimeWords, shareWords } from './entries.js';
import { headlineOf } from './headline.js';
import { verdict } from './verdict.js';

/** What was probed, the shares that were fooled at the size of the headline, and the verdict, for the terminal. */
export function probeTable(report: ProbeReport): string {
  const { read, usable, sampled, right: own, unanswered, rejected } = report.events;
  const turnedAway = Object.entries(rejected);
  const merit = report.figureOfMerit;
  const { seconds, evaluationsPerSecond } = report.timing ?? { seconds: 0, evaluationsPerSecond: 0 };
  return [
    report.title,
    `samples: ${report.samples.map(({ path, events }) => `${path} (${formatCount(events)} events)`).join(', ')}`,
    `events: ${formatCount(read)} read, ${formatCount(usable)} usable, ${formatCount(sampled)} probed, ` +
      `${formatCount(own)} right before, ${formatCount(unanswered)} unanswered`,
    ...turnedAway.map(([reason, n]) => `  rejected ${formatCount(n)}: ${reason}`),
    ...(merit ? [`${merit.name}: ${formatEstimate(merit.value.value, merit.value.error)}`] : []),
    '',
    ...align(rowsOf(report)),
    '',
    ...verdict(report),
    ...report.notes.map((note) => `note: ${note}`),
    `state ${report.stateHash.slice(0, 16)}, ${seconds.toFixed(1)} s, ${formatCount(Math.round(evaluationsPerSecond))} evaluations/s`,
  ].join('\n');
}

function rowsOf(report: ProbeReport): Cell[][] {
  const size = headlineOf(report)?.size;
  const percent = (value: number | null): number | null => (value === null ? null : 100 * value);
  return [
    [left(`at s = ${size ?? '?'}`), left('regime'), right('n'), right('fooled'), right('control'), right('excess')],
    ...report.fooling
      .filter((row) => row.size === size)
      .map(({ attack, regime, fooled, random, difference }) => [
        left(regime === 'all' ? plain(attack) : ''),
        left(regimeWords(report, regime)),
        right(formatCount(fooled.n)),
        right(shareWords(fooled)),
        right(shareWords(random)),
        right(`${formatEstimate(percent(difference.value), percent(difference.error))} %`),
      ]),
  ];
}
