/** Events read by an instant (ms). */
export interface Reading {
  readonly at: number;
  readonly read: number;
}

const SPAN_MS = 10_000;

/** The readings of the last ten seconds, and the one before them. */
export function remember(readings: readonly Reading[], reading: Reading): Reading[] {
  const all = [...readings, reading];
  const first = all.findLastIndex(({ at }) => at <= reading.at - SPAN_MS);
  return all.slice(Math.max(0, first));
}

/** Events a second over the last ten seconds; null: known for less than a second. */
export function rateOf(readings: readonly Reading[]): number | null {
  const [first, last] = [readings[0], readings.at(-1)];
  if (!first || !last || last.at - first.at < 1000) return null;
  return (1000 * Math.max(0, last.read - first.read)) / (last.at - first.at);
}
