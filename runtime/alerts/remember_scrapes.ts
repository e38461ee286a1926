import { selectorsOf } from '../../operators/alerts/selectors_of.js';
import type { Condition, Scrape } from '../../operators/alerts/types.js';

/** Series that conditions look back at: which, how far, and how close their points need to be. Seconds. */
interface Wanted {
  readonly names: ReadonlySet<string>;
  readonly seconds: number;
  readonly apart: number;
}

/** The longest range whose points are a second apart, and how many there are of a longer one: its median needs no more. */
const CLOSE = 600;
const POINTS = 120;

/** By how far back they are looked at. */
export function wantedOf(conditions: readonly Condition[]): Wanted[] {
  const ranges = new Map<string, number>();
  for (const one of conditions.flatMap(selectorsOf)) {
    if (one.kind === 'metric') continue;
    const seconds = one.seconds + (one.kind === 'over_time' ? (one.offset ?? 0) : 0);
    ranges.set(one.name, Math.max(seconds, ranges.get(one.name) ?? 0));
  }
  const wanted = (some: [string, number][], apart: (seconds: number) => number): Wanted[] => {
    const seconds = Math.max(...some.map(([, range]) => range));
    return some.length === 0 ? [] : [{ names: new Set(some.map(([name]) => name)), seconds, apart: apart(seconds) }];
  };
  const all = [...ranges];
  return [
    ...wanted(
      all.filter(([, seconds]) => seconds > CLOSE),
      (seconds) => seconds / POINTS,
    ),
    ...wanted(
      all.filter(([, seconds]) => seconds <= CLOSE),
      () => 1,
    ),
  ];
}

/**
 * The wanted series of the scrapes so far, with those of a new one: no closer than they need to be, so that a stream of
 * many windows a second keeps no more than a slow one; the newest is always there.
 */
export function rememberScrapes(before: readonly Scrape[], { time, samples }: Scrape, wanted: Wanted): Scrape[] {
  const kept = before.filter((one) => one.time >= time - wanted.seconds && one.time < time);
  const [last, previous] = [kept[kept.length - 1], kept[kept.length - 2]];
  if (last && previous && last.time - previous.time < wanted.apart) kept.pop();
  return [...kept, { time, samples: samples.filter(({ name }) => wanted.names.has(name)) }];
}
