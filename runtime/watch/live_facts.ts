import type { LiveWorker } from '../live/live.js';
import type { LiveTopics } from '../live/live_options.js';
import type { LiveStatus } from '../live/live_status.js';
import { savedEvents } from '../live/saved_counts.js';
import type { FeedFacts } from './feed_facts.js';

/**
 * A worker of a group as metrics and page have it: counts are those of its last checkpoints, so that a crash never sets
 * them back. It is ready with the state of its share loaded and the windows of before known: who asks sees the counts of
 * before.
 */
export function liveFacts(worker: LiveWorker, status: LiveStatus, topics: LiveTopics, isCaughtUp: boolean): FeedFacts {
  const { loop, keeper, assignment } = worker;
  const takenUp = assignment?.partitions.every(([topic, id]) => topic !== topics.events || loop.owned.has(id)) ?? false;
  const keeps = assignment?.partitions.some(([topic]) => topic === topics.summaries) ?? false;
  return {
    ...status,
    events: savedEvents(loop),
    keeper: keeper && keeper.saved,
    takenUp,
    ready: takenUp && (!keeps || keeper !== null) && isCaughtUp,
    ended: false,
  };
}
