import { aligned } from '../tables.js';
import type { Measured } from './measure.js';
import { WORKLOAD } from './workload.js';

/** Bytes of an event's columns. */
export const BYTES = 4 * WORKLOAD.columns.length;

const HEAD = ['peer', 'program', 'type', 'events', 'events/s', 'ratio', 'from', 'to', 'GB/s', 'peak MB', 'moved'];

/** Rows as aligned lines. GB/s are the bytes of the columns that went by. */
export function chainTable(rows: readonly Measured[]): string {
  const cells = rows.map((row) => [
    ...[row.peer, row.program, row.precision, row.events.toLocaleString('en')],
    Math.round(row.eventsPerSecond).toLocaleString('en'),
    ...[row.ratio.median, row.ratio.low, row.ratio.high].map((x) => (x < 0.1 ? x.toPrecision(2) : x.toFixed(2))),
    ((row.eventsPerSecond * BYTES) / 1e9).toPrecision(2),
    row.megabytes === null ? '' : String(Math.round(row.megabytes)),
    row.wrong === null ? String(row.moved) : 'wrong',
  ]);
  return aligned(HEAD, cells, 3).join('\n');
}

/** What an event's columns allow when nothing but reading them takes time; one line, if it was measured. */
export function roofline(rows: readonly Measured[]): string | null {
  const [memory] = rows.flatMap(({ memoryGigabytesPerSecond }) => memoryGigabytesPerSecond ?? []).sort((a, b) => b - a);
  if (memory === undefined) return null;
  const events = (memory * 1e3) / BYTES;
  return `memory: ${memory.toFixed(1)} GB/s read by one core; at ${BYTES} bytes an event, ${events.toFixed(0)} M events/s at most`;
}
