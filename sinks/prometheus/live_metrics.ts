import type { Estimate } from '../../schemas/report.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { exposition, type Family } from './exposition.js';
import { probeFamilies, type ProbeFacts } from './probe_families.js';

/** What the metrics of a live worker are made of; runtime/live/live_status.ts gives it. */
export interface WorkerFacts {
  readonly partitions: readonly {
    readonly partition: number;
    readonly lag: number | null;
    readonly watermark: number | null;
    readonly rowsHeld: number;
    readonly waitingForModels: boolean;
    readonly checkpointAgeSeconds: number;
  }[];
  readonly events: {
    readonly read: number;
    readonly used: number;
    readonly late: number;
    readonly duplicate: number;
    readonly rejected: Readonly<Record<string, number>>;
    readonly deadLetters: number;
  };
  readonly keeper: { readonly windows: number; readonly veryLate: number } | null;
  readonly join: Readonly<
    Record<'matched' | 'recoOnly' | 'truthOnly' | 'truthLate' | 'waitingReco' | 'waitingTruth', number>
  > | null;
  readonly models: string | null;
  readonly probes: readonly ProbeFacts[];
  readonly lastWindow: WindowReport | null;
  readonly retries: number;
  readonly restarts: number;
  readonly rebalances: number;
}

const QUALITY = { null: 0, good: 1, medium: 2, bad: 3 } as const;

/**
 * The state of a live worker as Prometheus reads it. Counts are of the partitions that it owns now, exact and taken up
 * again after a crash; they go with a partition to another worker, so add them up over workers by partition. Gauges of
 * the last closed window carry their errors and come from the keeper alone; what is not known is absent.
 */
export function liveMetrics(pipeline: string, facts: WorkerFacts): Promise<string> {
  const { events, partitions, keeper, lastWindow } = facts;
  const rejected = Object.values(events.rejected).reduce((sum, n) => sum + n, 0);
  const { read, used, late, duplicate, deadLetters } = events;
  const families: Family[] = [
    {
      ...{
        name: 'events_total',
        type: 'counter',
        help: 'Events by what became of them; read is the sum of the others',
      },
      rows: Object.entries({ read, used, rejected, late, duplicate }).map(([outcome, n]) => [{ outcome }, n]),
    },
    {
      ...{ name: 'rejected_total', type: 'counter', help: 'Rejected events by reason' },
      rows: Object.entries(events.rejected).map(([reason, n]) => [{ reason }, n]),
    },
    {
      ...{ name: 'dead_letters_total', type: 'counter', help: 'Messages that could not be read' },
      rows: [[{}, deadLetters]],
    },
    {
      ...{ name: 'consumer_lag_messages', type: 'gauge', help: 'Messages in the log that are not in the state' },
      rows: partitions.map(({ partition, lag }) => [{ partition: String(partition) }, lag]),
    },
    {
      ...{ name: 'watermark_window', type: 'gauge', help: 'Lowest window that can still get events' },
      rows: partitions.map(({ partition, watermark }) => [{ partition: String(partition) }, watermark]),
    },
    {
      ...{ name: 'held_events', type: 'gauge', help: 'Events held back until their window has its models' },
      rows: partitions.map(({ partition, rowsHeld }) => [{ partition: String(partition) }, rowsHeld]),
    },
    {
      ...{ name: 'model_wait', type: 'gauge', help: '1 while a partition reads no further for want of models' },
      rows: partitions.map(({ partition, waitingForModels }) => [
        { partition: String(partition) },
        Number(waitingForModels),
      ]),
    },
    {
      ...{ name: 'checkpoint_age_seconds', type: 'gauge', help: 'Time since the last checkpoint' },
      rows: partitions.map(({ partition, checkpointAgeSeconds }) => [
        { partition: String(partition) },
        checkpointAgeSeconds,
      ]),
    },
    {
      ...{ name: 'retries_total', type: 'counter', help: 'Requests to brokers tried again' },
      rows: [[{}, facts.retries]],
    },
    {
      ...{ name: 'restarts_total', type: 'counter', help: 'Stalled readers opened anew' },
      rows: [[{}, facts.restarts]],
    },
    { ...{ name: 'rebalances_total', type: 'counter', help: 'Assignments lost' }, rows: [[{}, facts.rebalances]] },
    {
      ...{ name: 'model_info', type: 'gauge', help: '1, with the version of the models' },
      rows: facts.models === null ? [] : [[{ version: facts.models }, 1]],
    },
    ...(keeper
      ? [
          {
            ...{ name: 'windows_total', type: 'counter' as const, help: 'Closed windows' },
            rows: [[{}, keeper.windows]] as Family['rows'],
          },
          {
            ...{
              name: 'very_late_events_total',
              type: 'counter' as const,
              help: 'Events of windows that were closed without them',
            },
            rows: [[{}, keeper.veryLate]] as Family['rows'],
          },
        ]
      : []),
    ...(facts.join ? joinFamilies(facts.join) : []),
    ...probeFamilies(facts.probes),
    ...(lastWindow ? windowFamilies(lastWindow) : []),
  ];
  return exposition(families, { pipeline });
}

/** Truth that comes on a topic of its own. */
function joinFamilies(join: NonNullable<WorkerFacts['join']>): Family[] {
  const { matched, recoOnly, truthOnly, truthLate, waitingReco, waitingTruth } = join;
  return [
    {
      ...{ name: 'joined_total', type: 'counter', help: 'Events by what became of the join with their truth' },
      rows: Object.entries({
        ...{ matched, without_truth: recoOnly, without_reconstruction: truthOnly, late_truth: truthLate },
      }).map(([outcome, n]) => [{ outcome }, n]),
    },
    {
      ...{ name: 'join_waiting_events', type: 'gauge', help: 'Events that wait for their other side' },
      rows: Object.entries({ reco: waitingReco, truth: waitingTruth }).map(([side, n]) => [{ side }, n]),
    },
  ];
}

type Regime = WindowReport['regimes'][number];

/** Of the last closed window. */
function windowFamilies({ regimes, events, alarms }: WindowReport): Family[] {
  const gauge = (name: string, help: string, of: (row: Regime) => number | null | undefined): Family => ({
    ...{ name, type: 'gauge', help },
    rows: regimes.map((row) => [{ regime: String(row.regime) }, of(row)]),
  });
  const withError = (name: string, unit: string, help: string, of: (row: Regime) => Estimate | undefined): Family[] => [
    gauge(`${name}${unit}`, help, (row) => of(row)?.value),
    gauge(`${name}_error${unit}`, `Standard error of: ${help}`, (row) => of(row)?.error),
  ];
  return [
    { ...{ name: 'window_events', type: 'gauge', help: 'Events of the last closed window' }, rows: [[{}, events]] },
    gauge('window_regime_events', 'Events of the last closed window by regime', ({ n }) => n),
    gauge('window_regime_share_ratio', 'Their share', ({ share }) => share),
    ...withError('window_bias', '_ratio', 'mean of the core of the response', ({ core }) => core),
    ...withError('window_sigma68', '_ratio', 'half of the central 68 % of the response', ({ sigma68 }) => sigma68),
    ...withError('window_pull_mean', '', 'mean pull against the local model', ({ pullMean }) => pullMean),
    ...withError(
      'window_corrected_median',
      '_ratio',
      'median of the corrected response',
      ({ corrected }) => corrected?.median,
    ),
    ...withError('window_peak_position', '', 'position of the peak, in its unit', ({ peak }) => peak),
    gauge('quality', '0 null 1 good 2 medium 3 bad', ({ verdict }) => QUALITY[verdict]),
    {
      ...{ name: 'alarms', type: 'gauge', help: 'Checks in alarm after the last closed window' },
      rows: alarms.map(({ check, quantity, regime }) => [{ check, quantity, regime: String(regime) }, 1]),
    },
  ];
}
