import type { WindowCounts } from './count_window.js';
import { eventFamilies, type EventCounts } from './event_families.js';
import { family, type Family, type Value } from './family.js';
import { probeFamilies, type ProbeFacts } from './probe_families.js';

/** What the metrics of a worker are made of. What is left out is not known. */
export interface WorkerFacts {
  /** False: some of its partitions are not taken up yet. Their counts are missing, so that of events none is shown. */
  readonly takenUp?: boolean;
  readonly partitions: readonly PartitionFacts[];
  readonly events: EventCounts & { readonly deadLetters: number };
  /** Null: another worker closes the windows. */
  readonly keeper: { readonly windows: number; readonly veryLate: number } | null;
  readonly join: Readonly<
    Record<'matched' | 'recoOnly' | 'truthOnly' | 'truthLate' | 'waitingReco' | 'waitingTruth', number>
  > | null;
  readonly models: string | null;
  /** Null: none is in effect. */
  readonly correction?: string | null;
  readonly probes: readonly ProbeFacts[];
  /** Over the windows that the worker, or those before it, closed. */
  readonly counts?: WindowCounts | null;
  /** Milliseconds since the epoch. */
  readonly closedAt?: number | null;
  readonly retries: number;
  readonly restarts: number;
  readonly rebalances: number;
  /** Of regimewatch. */
  readonly version?: string;
}

interface PartitionFacts {
  readonly partition: number;
  readonly lag: number | null;
  readonly watermark: number | null;
  readonly rowsHeld: number;
  readonly waitingForModels: boolean;
  /** Null: no state is kept. */
  readonly checkpointAgeSeconds: number | null;
}

/**
 * Exact state and health of a worker. Counts of events are of the partitions that it owns now, taken up again
 * after a crash: what the caller gives must not be more than its state has, or they would go back then. They go with a
 * partition to another worker, so add them up over workers.
 */
export function workerFamilies(facts: WorkerFacts): Family[] {
  const { events, models, correction, counts, closedAt, version } = facts;
  const info = (known: string | null | undefined) => (known ? ([[{ version: known }, 1]] as const) : []);
  return [
    ...(facts.takenUp === false
      ? []
      : [...eventFamilies(events), family('dead_letters_total', [[{}, events.deadLetters]])]),
    ...windowCounts(facts.keeper, counts ?? null),
    ...partitionFamilies(facts.partitions),
    ...(facts.join ? joinFamilies(facts.join) : []),
    family('retries_total', [[{}, facts.retries]]),
    family('restarts_total', [[{}, facts.restarts]]),
    family('rebalances_total', [[{}, facts.rebalances]]),
    family('window_closed_timestamp_seconds', [[{}, typeof closedAt === 'number' ? closedAt / 1000 : null]]),
    family('model_info', info(models)),
    family('correction_info', info(correction)),
    family('build_info', info(version)),
    ...probeFamilies(facts.probes),
  ];
}

function windowCounts(keeper: WorkerFacts['keeper'], counts: WindowCounts | null): Family[] {
  return [
    family('windows_total', [[{}, keeper?.windows ?? counts?.windows]]),
    family('very_late_events_total', [[{}, keeper?.veryLate]]),
    family(
      'regime_events_total',
      Object.entries(counts?.regimes ?? {}).map(([regime, n]) => [{ regime }, n]),
    ),
    family('corrections_total', counts ? refits(counts.corrections).map(([outcome, n]) => [{ outcome }, n]) : []),
  ];
}

/** Each outcome from the start, so that the first of its kind is an increase. */
const OUTCOMES = ['fitted', 'accepted', 'rolled_back', 'kept'];
/** Of regimes, not of the correction. */
const NO_REFITS = ['birth', 'death'];

function refits(corrections: Readonly<Record<string, number>>): [outcome: string, n: number][] {
  const found = Object.entries(corrections)
    .filter(([kind]) => !NO_REFITS.includes(kind))
    .map(([kind, n]): [string, number] => [kind.replaceAll(' ', '_'), n]);
  return Object.entries({
    ...Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])),
    ...Object.fromEntries(found),
  });
}

function partitionFamilies(partitions: readonly PartitionFacts[]): Family[] {
  const rows = (of: (one: PartitionFacts) => Value) =>
    partitions.map((one) => [{ partition: String(one.partition) }, of(one)] as const);
  return [
    family(
      'consumer_lag_events',
      rows(({ lag }) => lag),
    ),
    family(
      'watermark_window',
      rows(({ watermark }) => watermark),
    ),
    family(
      'held_events',
      rows(({ rowsHeld }) => rowsHeld),
    ),
    family(
      'model_wait',
      rows(({ waitingForModels }) => Number(waitingForModels)),
    ),
    family(
      'checkpoint_age_seconds',
      rows(({ checkpointAgeSeconds }) => checkpointAgeSeconds),
    ),
  ];
}

/** Truth that comes on a topic of its own. */
function joinFamilies(join: NonNullable<WorkerFacts['join']>): Family[] {
  const { matched, recoOnly, truthOnly, truthLate, waitingReco, waitingTruth } = join;
  const outcomes = { matched, without_truth: recoOnly, without_reconstruction: truthOnly, late_truth: truthLate };
  return [
    family(
      'joined_total',
      Object.entries(outcomes).map(([outcome, n]) => [{ outcome }, n]),
    ),
    family('join_waiting_events', [
      [{ side: 'reco' }, waitingReco],
      [{ side: 'truth' }, waitingTruth],
    ]),
  ];
}
