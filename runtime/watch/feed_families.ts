import type { StoredWindow } from '../../schemas/page.js';
import type { WindowCounts } from '../../sinks/prometheus/count_window.js';
import { family, type Family } from '../../sinks/prometheus/family.js';
import { windowFamilies } from '../../sinks/prometheus/window_families.js';
import { workerFamilies } from '../../sinks/prometheus/worker_families.js';
import type { FeedFacts } from './feed_facts.js';

/** What there is to tell of a stream. */
export interface Told {
  readonly facts: FeedFacts | null;
  /** The last that was closed. */
  readonly window: StoredWindow | undefined;
  /** Null: not known yet. */
  readonly counts: WindowCounts | null;
  /** Windows are kept in a history. */
  readonly kept: boolean;
  /** Of regimewatch. */
  readonly version: string;
}

/** What a scrape has: windows from the worker alone that closes them, as every worker is scraped. */
export function scrapeFamilies({ facts, window, counts, kept, version }: Told): Family[] {
  if (facts === null) return familiesOf(null, window, version);
  if (facts.keeper === null) return familiesOf({ ...facts, counts: facts.counts ?? null }, undefined, version);
  // What the history has is durable too.
  const windows = Math.max(facts.keeper.windows, kept && window ? window.report.index + 1 : 0);
  const known = { ...facts, keeper: { ...facts.keeper, windows }, counts: facts.counts ?? counts };
  return familiesOf(known, window, version);
}

/**
 * What the alerts of a page see: the windows, whoever closed them, and what this worker knows of itself. `events`: those
 * that it counted when it last had all of its share, as what it has not taken up yet is not gone; null: it never had.
 */
export function boardFamilies({ facts, window, counts, version }: Told, events: FeedFacts['events'] | null): Family[] {
  if (facts === null) return familiesOf(null, window, version);
  const windows = Math.max(facts.keeper?.windows ?? 0, window ? window.report.index + 1 : 0);
  const families = familiesOf(
    {
      ...facts,
      ...(events ? { events, takenUp: true } : { takenUp: false }),
      ...{ counts: facts.counts ?? counts, keeper: { windows, veryLate: facts.keeper?.veryLate ?? 0 } },
    },
    window,
    version,
  );
  // Counted windows without counted events would mean that the worker is gone.
  return events ? families : families.filter(({ name }) => name !== 'windows_total');
}

/** What they see of a window that was closed before this worker began: that there was one that read, and no more of it. */
export const pastFamilies = (told: Omit<Told, 'facts'>): Family[] => [
  ...boardFamilies({ ...told, facts: NOTHING }, null),
  family('events_total', [[{ outcome: 'read' }, 0]]),
];

const NOTHING: FeedFacts = {
  partitions: [],
  events: { read: 0, used: 0, late: 0, duplicate: 0, rejected: {}, deadLetters: 0 },
  ...{ keeper: null, join: null, models: null, probes: [] },
  ...{ retries: 0, restarts: 0, rebalances: 0, ready: false, ended: false },
};

function familiesOf(facts: FeedFacts | null, window: StoredWindow | undefined, version: string): Family[] {
  const about = { correction: window?.report.correction ?? null, closedAt: window?.at ?? null, version };
  return [...(facts ? workerFamilies({ ...facts, ...about }) : []), ...(window ? windowFamilies(window.report) : [])];
}
