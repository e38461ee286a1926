import type { Scrape } from '../../operators/alerts/types.js';

/** What increase() needs to know of the past. */
export interface Wanted {
  readonly names: ReadonlySet<string>;
  /** The longest range. */
  readonly seconds: number;
}

/**
 * The counters of the scrapes so far, with those of a new one: no closer than a second, so that a stream of many windows
 * a second keeps no more than a slow one; the newest is always there.
 */
export function rememberCounters(before: readonly Scrape[], { time, samples }: Scrape, wanted: Wanted): Scrape[] {
  const kept = before.filter((one) => one.time >= time - wanted.seconds && one.time < time);
  const [last, previous] = [kept[kept.length - 1], kept[kept.length - 2]];
  if (last && previous && last.time - previous.time < 1) kept.pop();
  return [...kept, { time, samples: samples.filter(({ name }) => wanted.names.has(name)) }];
}
