import { rowsHeld } from '../live/held_rows.js';
import type { FeedFacts } from './feed_facts.js';
import { countsOf } from './counts.js';
import { watermarkOf } from './watched.js';
import type { Watcher } from './watch.js';

/**
 * A watched stream as metrics and page have it. Where a state is kept, counts are those of its last checkpoint: a crash
 * goes back to it, and a counter must not. There is no log, so no lag.
 */
export function watchFacts(watcher: Watcher, now: number): FeedFacts {
  const { samples, state, held, keeper, models, extras } = watcher;
  const counts = state?.counts ?? countsOf(watcher);
  const { read, used, late, duplicate, rejected, veryLate, totals } = counts;
  return {
    partitions: samples.map((each) => ({
      partition: each.partition.id,
      lag: null,
      watermark: watermarkOf(each),
      rowsHeld: rowsHeld(held, each.partition.id),
      waitingForModels: false,
      checkpointAgeSeconds: state ? (now - state.savedAt) / 1000 : null,
    })),
    events: { read, used, late, duplicate, rejected, deadLetters: 0 },
    keeper: { windows: totals.windows, veryLate },
    join: null,
    models: keeper.models?.version ?? models?.models.version ?? null,
    counts: totals,
    probes: extras.probes?.status() ?? [],
    ...{ retries: 0, restarts: 0, rebalances: 0 },
    ready: true,
    ended: watcher.over,
  };
}
