import type { LiveSummary } from '../runtime/live/messages.js';
import type { WindowReport } from '../schemas/window_report.js';
import { formatCount } from '../sinks/page/client/shared/format_estimate.js';

/** The verdict that a shifter looks for: the worst. */
const ORDER = ['null', 'good', 'medium', 'bad'];

/** A closed window in one line. */
export function liveLine({ window, events, regimes, alarms, online }: WindowReport): string {
  const worst = regimes.reduce((a, b) => (ORDER.indexOf(b.verdict) > ORDER.indexOf(a.verdict) ? b : a));
  const parts = [
    `window ${window}: ${formatCount(events)} events`,
    worst.verdict === 'null' ? `no verdict yet (${worst.why})` : `${worst.verdict} (${worst.why})`,
    ...(alarms.length > 0 ? [`${alarms.length} ${alarms.length === 1 ? 'check' : 'checks'} in alarm`] : []),
    ...online
      .filter(({ kind }) => kind !== 'kept')
      .map(({ kind, version }) => `${kind} ${version?.slice(0, 12) ?? ''}`),
  ];
  return parts.join(', ');
}

/** What the stream has left, at its end. */
export function summaryLines({ events, join, windows, veryLate, deadLetters, stateHash, chain }: LiveSummary): string {
  const { read, used, rejected, late, duplicate } = events;
  const joined =
    join &&
    `truth: ${formatCount(join.matched)} events joined, ${formatCount(join.recoOnly)} without truth, ${formatCount(join.truthOnly)} truths without event`;
  const turnedAway = Object.values(rejected).reduce((sum, n) => sum + n, 0);
  return [
    `events: ${formatCount(read)} read, ${formatCount(used)} used, ${formatCount(turnedAway)} rejected, ${formatCount(late)} late, ${formatCount(duplicate)} duplicates`,
    `windows: ${windows} closed, ${formatCount(veryLate)} events came after the close; dead letters: ${deadLetters}`,
    ...(joined ? [joined] : []),
    `state ${stateHash}`,
    `windows' chain ${chain}`,
    '',
  ].join('\n');
}
