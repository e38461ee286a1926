import type { ProbeReport } from '../../schemas/probe_report.js';
import { formatCount } from '../page/client/shared/format_estimate.js';

/** Where the events of the sample went, one line each; a sum that does not hold is told. */
export function eventLines({ kind, events }: ProbeReport): string[] {
  const { read, usable, sampled, right, unanswered, outside, rejected } = events;
  const turnedAway = Object.values(rejected).reduce((sum, n) => sum + n, 0);
  const rest = read - usable - turnedAway;
  const ranges = Object.entries(outside);
  return [
    `${formatCount(read)} events read = ${formatCount(usable)} usable + ${formatCount(turnedAway)} rejected` +
      (rest === 0 ? '.' : `; ${formatCount(rest)} are not accounted for.`),
    ...Object.entries(rejected).map(([reason, n]) => `${formatCount(n)} rejected: ${reason}.`),
    `${formatCount(sampled)} of the usable were probed, chosen by a hash of their identity; ` +
      `${kind === 'classify' ? `${formatCount(right)} of them were decided right before` : `${formatCount(right)} count`}, ` +
      `${formatCount(unanswered)} had no answer (the model gave NaN) and are left out.`,
    ranges.length === 0
      ? 'Outside the range of training: none.'
      : `Outside the range of training, and probed all the same: ${ranges.map(([name, n]) => `${formatCount(n)} by ${name}`).join(', ')}.`,
  ];
}
