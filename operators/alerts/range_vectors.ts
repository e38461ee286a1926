import type { Point } from './increase.js';
import { labelKey } from './label_sets.js';
import { samplesNamed } from './samples_named.js';
import type { Condition, Labels, Scrape } from './types.js';

type Ranged = Extract<Condition, { kind: 'increase' | 'over_time' }>;

/** A series of a range: its labels, and its points, rising in time. */
interface RangeVector {
  readonly labels: Labels;
  readonly points: Point[];
}

/** The labels of a sample that is remembered stay the same object, and are looked up at every instant. */
const keys = new WeakMap<Labels, string>();

function keyOf(labels: Labels): string {
  const known = keys.get(labels);
  if (known !== undefined) return known;
  const key = labelKey(labels);
  keys.set(labels, key);
  return key;
}

/**
 * Series with points in [end − offset − seconds, end − offset], both ends among them, as Prometheus 2.42 selects them
 * (promql/engine.go, matrixIterSlice); `end` is the instant of the last scrape. A scrape that lacks a series gives it no
 * point.
 */
export function rangeVectors(ranged: Ranged, scrapes: readonly Scrape[]): RangeVector[] {
  const { name, labels: wanted, seconds } = ranged;
  const end = (scrapes[scrapes.length - 1]?.time ?? NaN) - (ranged.kind === 'over_time' ? (ranged.offset ?? 0) : 0);
  const series = new Map<string, RangeVector>();
  for (const scrape of scrapes) {
    const { time } = scrape;
    if (time < end - seconds || time > end) continue;
    for (const { labels, value } of samplesNamed(scrape, name, wanted)) {
      const key = keyOf(labels);
      const found = series.get(key) ?? { labels, points: [] };
      if (found.points.push({ time, value }) === 1) series.set(key, found);
    }
  }
  return [...series.values()];
}
