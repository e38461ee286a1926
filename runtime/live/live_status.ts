import type { Rejections } from '../../operators/batch.js';
import { addRejections } from '../../operators/batch.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { floorOf } from './floor.js';
import { rowsHeld } from './held_rows.js';
import { addTotals, type JoinTotals } from './joined_log.js';
import { rowsWaiting, type Side } from './late_truth.js';
import type { Owned } from './owned.js';
import type { LiveWorker } from './live.js';
import type { ProbeStatus } from './live_probes.js';

/** How a worker is: of its own partitions alone, except for the last window that the group closed. Plain data. */
export interface LiveStatus {
  readonly partitions: readonly PartitionStatus[];
  readonly events: {
    readonly read: number;
    readonly used: number;
    readonly late: number;
    readonly duplicate: number;
    readonly rejected: Rejections;
    readonly deadLetters: number;
  };
  /** Whether it owns the summaries; windows closed, and events of windows that were closed without them. */
  readonly keeper: { readonly windows: number; readonly veryLate: number } | null;
  /** Events joined with their truth, still waiting, and without a partner in time; null: the truth comes with the events. */
  readonly join: (JoinTotals & { readonly waitingReco: number; readonly waitingTruth: number }) | null;
  readonly models: string | null;
  /** What the probes have found since the worker started. */
  readonly probes: readonly ProbeStatus[];
  readonly lastWindow: WindowReport | null;
  readonly retries: number;
  readonly restarts: number;
  readonly rebalances: number;
  /** Whether the group has given it a share. */
  readonly assigned: boolean;
}

export interface PartitionStatus {
  readonly partition: number;
  readonly next: number;
  /** Messages that are in the log and not in the state; null: not known yet. */
  readonly lag: number | null;
  /** Windows below are complete; null: none yet. */
  readonly watermark: number | null;
  readonly rowsHeld: number;
  readonly waitingForModels: boolean;
  readonly checkpointAgeSeconds: number;
  readonly idle: boolean;
}

export function liveStatus(worker: LiveWorker, lastWindow: WindowReport | null, now: number): LiveStatus {
  const all = [...worker.loop.owned.values()].sort((a, b) => a.partition.id - b.partition.id);
  const rejected: Rejections = {};
  for (const { partition } of all) addRejections(rejected, partition.rejected);
  const sum = (of: 'read' | 'used' | 'late' | 'duplicate'): number =>
    all.reduce((total, { partition }) => total + partition.counts[of], 0);
  const { keeper, tail, retries, restarts, rebalances, assignment } = worker;
  return {
    partitions: all.map(({ partition, next, position, end, savedAt, idle }) => {
      const floor = floorOf(partition.floor);
      return {
        partition: partition.id,
        next,
        lag: end === Infinity ? null : Math.max(0, end - position),
        watermark: floor === -Infinity ? null : floor,
        rowsHeld: rowsHeld(worker.loop.held, partition.id),
        waitingForModels: worker.loop.waiting.has(partition.id),
        checkpointAgeSeconds: (now - savedAt) / 1000,
        idle,
      };
    }),
    events: {
      ...{ read: sum('read'), used: sum('used'), late: sum('late'), duplicate: sum('duplicate'), rejected },
      deadLetters: all.reduce((total, { bad }) => total + bad, 0),
    },
    keeper: keeper && { windows: keeper.state.watching?.windows ?? 0, veryLate: keeper.state.veryLate },
    join: joinOf(all),
    models: tail.models?.models.version ?? null,
    probes: worker.loop.extras.probes?.status() ?? [],
    lastWindow,
    ...{ retries, restarts, rebalances, assigned: assignment !== null },
  };
}

function joinOf(all: readonly Owned[]): LiveStatus['join'] {
  const joins = all.flatMap(({ join }) => (join ? [join] : []));
  const totals = addTotals(joins.map((each) => each.totals));
  const waiting = (side: Side): number => joins.reduce((sum, { join }) => sum + rowsWaiting(join, side), 0);
  return totals && { ...totals, waitingReco: waiting('reco'), waitingTruth: waiting('truth') };
}
