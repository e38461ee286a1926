import { addRejections, type Rejections } from '../../operators/batch.js';
import type { EventLoop } from './event_loop.js';
import type { LiveStatus } from './live_status.js';
import type { Partition } from './partition.js';

/** What a partition had counted at some moment. Plain data. */
export interface SavedCounts {
  readonly counts: Readonly<Partition['counts']>;
  readonly rejected: Rejections;
  readonly bad: number;
}

export const countsNow = ({ counts, rejected }: Partition, bad: number): SavedCounts => ({
  counts: { ...counts },
  rejected: { ...rejected },
  bad,
});

/** Events of all partitions of a worker as their last checkpoints count them: after a crash no number is lower. */
export function savedEvents({ owned }: Pick<EventLoop, 'owned'>): LiveStatus['events'] {
  const all = [...owned.values()].map(({ saved }) => saved);
  const rejected: Rejections = {};
  for (const each of all) addRejections(rejected, each.rejected);
  const sum = (of: keyof Partition['counts']): number => all.reduce((total, { counts }) => total + counts[of], 0);
  return {
    ...{ read: sum('read'), used: sum('used'), late: sum('late'), duplicate: sum('duplicate'), rejected },
    deadLetters: all.reduce((total, { bad }) => total + bad, 0),
  };
}
