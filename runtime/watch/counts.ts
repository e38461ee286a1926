import { addRejections, type Rejections } from '../../operators/batch.js';
import type { WindowCounts } from '../../sinks/prometheus/count_window.js';
import type { Watcher } from './watch.js';

/** What a stream has counted. Plain data. */
export interface Counts {
  readonly read: number;
  readonly used: number;
  readonly late: number;
  readonly duplicate: number;
  readonly rejected: Rejections;
  readonly veryLate: number;
  readonly totals: WindowCounts;
}

export function countsOf({ samples, keeper, totals }: Pick<Watcher, 'samples' | 'keeper' | 'totals'>): Counts {
  const rejected: Rejections = {};
  for (const { partition } of samples) addRejections(rejected, partition.rejected);
  const sum = (of: 'read' | 'used' | 'late' | 'duplicate'): number =>
    samples.reduce((total, { partition }) => total + partition.counts[of], 0);
  return {
    ...{ read: sum('read'), used: sum('used'), late: sum('late'), duplicate: sum('duplicate'), rejected },
    ...{ veryLate: keeper.veryLate, totals },
  };
}
