/** A counter at an instant, in seconds. */
export interface Point {
  readonly time: number;
  readonly value: number;
}

/**
 * `increase(counter[seconds])` at `end`, as Prometheus 2.42 extrapolates it (promql/functions.go, extrapolatedRate): of
 * the points in [end − seconds, end], what the counter gained, resets added up, times the length of the range that the
 * points stand for. An end of the range is reached if it is within 1.1 mean distances of a point, else half a distance is
 * added; a counter is not extrapolated below 0. Null with fewer than two points.
 *
 * @param points rising in time
 */
export function increaseOf(points: readonly Point[], end: number, seconds: number): number | null {
  const start = end - seconds;
  const used = points.filter(({ time }) => time >= start && time <= end);
  const first = used[0];
  const last = used[used.length - 1];
  if (!first || !last || used.length < 2) return null;
  let gained = last.value - first.value;
  let before = first.value;
  for (const { value } of used) {
    if (value < before) gained += before;
    before = value;
  }
  const sampled = last.time - first.time;
  const distance = sampled / (used.length - 1);
  let toStart = first.time - start;
  if (gained > 0 && first.value >= 0) toStart = Math.min(toStart, sampled * (first.value / gained));
  const reach = (gap: number): number => (gap < distance * 1.1 ? gap : distance / 2);
  return gained * ((sampled + reach(toStart) + reach(end - last.time)) / sampled);
}
