import type { Rejections } from '../../operators/batch.js';
import type { LogBatch } from '../../sources/kafka/types.js';
import { offsetOf, type BadMessage, type WireDecoder } from '../../sources/wire/types.js';
import { rowsHeld } from './held_rows.js';
import {
  addSide,
  joinPlace,
  joinWindow,
  openJoin,
  passSides,
  windowsToJoin,
  type Join,
  type JoinOptions,
  type JoinPlace,
  type Side,
} from './late_truth.js';
import { takeAgain, takeEvents, type Partition } from './partition.js';
import type { TruthSides } from './truth_side.js';
import { offsetsOf, type WireStage } from './wire_stage.js';

type Both = Readonly<Record<Side, number>>;

/** Events without a partner, by side, and those that came too late for their side's own log. */
export interface JoinTotals {
  matched: number;
  recoOnly: number;
  truthOnly: number;
  truthDuplicate: number;
  truthLate: number;
}

/** What a checkpoint holds of a join. Plain data. */
export interface StoredJoin {
  /** From where windows must be joined again whose rows the partition holds back. */
  readonly place: JoinPlace;
  /** Windows up to this are in the state. */
  readonly counted: number;
  readonly next: Both;
  readonly totals: JoinTotals;
}

/**
 * Reconstruction and truth of a partition, joined: a log of whole windows in rising order, a function of the two logs
 * however they come in. The partition takes its events from here.
 */
export interface JoinedLog {
  readonly join: Join;
  readonly next: Record<Side, number>;
  readonly position: Record<Side, number>;
  readonly end: Record<Side, number>;
  place: JoinPlace;
  counted: number;
  readonly totals: JoinTotals;
}

/** Why an event has no truth. */
const NO_TRUTH = 'truth: none came in time';

export function openJoinedLog(options: JoinOptions, starts: Both, stored: StoredJoin | null): JoinedLog {
  const join = openJoin({ ...options, ...(stored ? { place: stored.place } : {}) });
  const position = stored ? { reco: stored.place.reco.offset, truth: stored.place.truth.offset } : { ...starts };
  const next = stored ? { ...stored.next } : { ...starts };
  return {
    ...{ join, next, position, end: { reco: Infinity, truth: Infinity } },
    place: joinPlace(join, position),
    counted: stored?.counted ?? -Infinity,
    totals: stored ? { ...stored.totals } : { matched: 0, recoOnly: 0, truthOnly: 0, truthDuplicate: 0, truthLate: 0 },
  };
}

/** Takes messages of a side; those that cannot be read are given back. Late rows count once, when they first come. */
export async function takeSide(
  log: JoinedLog,
  partition: Partition,
  sides: TruthSides,
  side: Side,
  decoder: WireDecoder,
  { records, next, end }: LogBatch,
): Promise<BadMessage[]> {
  log.end[side] = end;
  const before = records.filter(({ offset }) => offset < log.next[side]);
  for (const batch of (await decoder.decode(before)).batches) {
    if (sides.unfit(batch) !== null) continue;
    addSide(log.join, side, sides.rows(batch), offsetOf(batch.position[0]!));
  }
  const { batches, bad } = await decoder.decode(records.slice(before.length));
  for (const batch of batches) {
    const reason = sides.unfit(batch);
    if (reason !== null) {
      bad.push(...offsetsOf(batch).map((offset) => ({ offset, reason })));
      continue;
    }
    const late = addSide(log.join, side, sides.rows(batch), offsetOf(batch.position[0]!));
    if (side === 'truth') log.totals.truthLate += late;
    else {
      partition.counts.read += late;
      partition.counts.late += late;
    }
  }
  log.position[side] = next;
  log.next[side] = Math.max(next, log.next[side]);
  return bad.sort((a, b) => a.offset - b.offset);
}

/** Joins what is complete on both sides, window by window; `ended`: no side brings any more. */
export async function joinComplete(
  log: JoinedLog,
  partition: Partition,
  { wanted }: TruthSides,
  stage: WireStage,
  ended: boolean,
): Promise<void> {
  if (ended) passSides(log.join);
  const optional = new Set(wanted.reco.flatMap((field) => (field.optional ? [field.name] : [])));
  for (const window of windowsToJoin(log.join)) {
    if (rowsHeld(partition.held, partition.id) === 0) log.place = joinPlace(log.join, log.position);
    const { rows, counts } = joinWindow(log.join, window);
    const again = window <= log.counted;
    const { matched, recoOnly, truthOnly, recoDuplicate, truthDuplicate } = counts;
    if (!again) {
      const { totals } = log;
      totals.matched += matched;
      totals.recoOnly += recoOnly;
      totals.truthOnly += truthOnly;
      totals.truthDuplicate += truthDuplicate;
      partition.counts.duplicate += recoDuplicate;
      partition.counts.read += recoDuplicate + recoOnly;
      const rejected: Rejections = partition.rejected;
      if (recoOnly > 0) rejected[NO_TRUTH] = (rejected[NO_TRUTH] ?? 0) + recoOnly;
      log.counted = window;
    }
    if (rows.length > 0) {
      const { length, position } = rows;
      // What no message had came out of the join as NaN.
      const columns = new Map([...rows.columns].filter(([name, x]) => !optional.has(name) || !x.every(Number.isNaN)));
      const arrived = { ...(await stage.arrive({ length, columns, position })), offset: window };
      if (again) takeAgain(partition, arrived);
      else stage.offer(arrived, takeEvents(partition, arrived));
    }
    if (window >= log.counted) partition.again = null;
  }
}

/** For the checkpoint; without rows held back the place is where both sides stand. */
export function storeJoin(log: JoinedLog, partition: Partition): StoredJoin {
  if (rowsHeld(partition.held, partition.id) === 0) log.place = joinPlace(log.join, log.position);
  return { place: log.place, counted: log.counted, next: { ...log.next }, totals: { ...log.totals } };
}

/** Of all partitions; null: there is no join. */
export function addTotals(all: readonly (JoinTotals | null)[]): JoinTotals | null {
  const known = all.filter((each) => each !== null);
  if (known.length === 0) return null;
  const sum = (of: keyof JoinTotals): number => known.reduce((total, each) => total + each[of], 0);
  return {
    ...{ matched: sum('matched'), recoOnly: sum('recoOnly'), truthOnly: sum('truthOnly') },
    ...{ truthDuplicate: sum('truthDuplicate'), truthLate: sum('truthLate') },
  };
}

/** Whether both sides stand at the end of their logs. */
export const atEnd = ({ position, end }: JoinedLog): boolean =>
  position.reco >= end.reco && position.truth >= end.truth;
