import type { PageStatus } from '../../schemas/page.js';
import type { WindowReport } from '../../schemas/window_report.js';
import type { FeedFacts } from './feed_facts.js';
import { pageProbes } from './page_probes.js';
import { rateOf, type Reading } from './rate.js';

/** How a stream is, without what is thought of it; `facts` null: it has not begun. `last`: the window that closed last. */
export function streamStatus(
  facts: FeedFacts | null,
  last: WindowReport | undefined,
  readings: readonly Reading[],
): Omit<PageStatus, 'verdict' | 'why' | 'since' | 'injection'> {
  const labelOf = (regime: number): string =>
    last?.regimes.find((row) => row.regime === regime)?.label ?? String(regime);
  const { read = 0, used = 0, late = 0, duplicate = 0, rejected = {} } = facts?.events ?? {};
  const lags = facts?.partitions.flatMap(({ lag }) => (lag === null ? [] : [lag])) ?? [];
  const ages = facts?.partitions.flatMap(({ checkpointAgeSeconds: age }) => (age === null ? [] : [age])) ?? [];
  return {
    events: { read, used, late, duplicate, rejected },
    rate: facts?.ended === true ? 0 : rateOf(readings),
    lag: lags.length > 0 ? lags.reduce((a, b) => a + b, 0) : null,
    checkpointAgeSeconds: ages.length > 0 ? Math.max(...ages) : null,
    windows: last ? last.index + 1 : 0,
    models: facts?.models ?? null,
    correction: last?.correction ?? null,
    probes: pageProbes(facts?.probes ?? [], labelOf),
    ended: facts?.ended ?? false,
  };
}
