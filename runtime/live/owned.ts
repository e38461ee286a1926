import type { HeldRows } from './held_rows.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { demandPipeline } from './checkpoint.js';
import { lastBuried, type Buried } from './bury.js';
import { dropLog } from './held_rows.js';
import { openJoinedLog, storeJoin, type JoinedLog, type StoredJoin } from './joined_log.js';
import type { JoinOptions, Side } from './late_truth.js';
import { demandLease, type LiveIo, type LiveSettings } from './live_options.js';
import { openPartition, type Partition } from './partition.js';
import { toParts } from './parts.js';
import { restorePartition, storePartition, type StoredPartition } from './stored_partition.js';
import { countsNow, type SavedCounts } from './saved_counts.js';
import { tellings } from './tellings.js';

/** A partition that this worker owns: its state, and where it stands in the log. */
export interface Owned {
  readonly partition: Partition;
  readonly epoch: number;
  sequence: number;
  /** All messages below are in the state. */
  next: number;
  /** Where reading goes on; below `next` while rows that were held back are read again. */
  position: number;
  readonly buried: Buried;
  /** Where the truth comes on a topic of its own. */
  readonly join: JoinedLog | null;
  /** Messages among the dead letters. */
  bad: number;
  /** Whether there is something to save, and when it was last. */
  dirty: boolean;
  savedAt: number;
  /** When the last message came; nothing of the log is left to read. */
  heardAt: number;
  end: number;
  idle: boolean;
  ended: boolean;
  /** What was last told of its progress. */
  told: string;
  /** What the last checkpoint counts: a crash goes back to it, and a counter must not. */
  saved: SavedCounts;
}

interface Stored extends StoredPartition {
  readonly bad: number;
  readonly join: StoredJoin | null;
}

/** Where a partition's logs begin, and how its truth is joined, if it comes apart. */
export interface Beginning {
  readonly start: Readonly<Record<Side, number>>;
  readonly join: Omit<JoinOptions, 'place'> | null;
}

/** Claims a partition and takes up its last checkpoint. */
export async function takeUp(
  loaded: LoadedPipeline,
  io: LiveIo,
  { topics }: LiveSettings,
  id: number,
  held: HeldRows,
  { start, join: options }: Beginning,
): Promise<Owned> {
  dropLog(held, id);
  const { epoch, checkpoint } = await io.checkpoints.claim(topics.events, id);
  const stored = checkpoint && (checkpoint.state as Stored);
  if (checkpoint) demandPipeline(checkpoint, loaded.hash, `${topics.events}/${id}`);
  const partition = stored ? restorePartition(loaded, id, held, stored) : openPartition(loaded, id, held);
  const next = checkpoint?.next ?? start.reco;
  const join = options && openJoinedLog(options, start, stored?.join ?? null);
  const buried = await lastBuried(io.log, topics, id);
  return {
    ...{ partition, epoch, next, sequence: 0, position: checkpoint?.from ?? next, join, buried, bad: stored?.bad ?? 0 },
    ...{ dirty: false, savedAt: io.clock(), heardAt: io.clock(), end: Infinity, idle: false, ended: false, told: '' },
    saved: countsNow(partition, stored?.bad ?? 0),
  };
}

/** Tells what is complete: rows to learn from, deltas of windows, progress. Resolves when the broker has it. */
export async function tell(loaded: LoadedPipeline, io: LiveIo, { topics }: LiveSettings, owned: Owned): Promise<void> {
  for (const [message, key] of tellings(owned, owned.join?.totals ?? null)) {
    const parts = toParts(message, loaded.hash);
    demandLease(io);
    await io.writer.write(
      parts.map(({ value, headers }) => ({
        topic: topics.summaries,
        partition: 0,
        key: Buffer.from(key),
        value,
        headers,
      })),
    );
  }
}

/** Saves the partition if there is something new. Not while rows are read again: the last checkpoint still holds then. */
export async function save(loaded: LoadedPipeline, io: LiveIo, { topics }: LiveSettings, owned: Owned): Promise<void> {
  const { partition, epoch, next, buried, bad, join } = owned;
  if (!owned.dirty || partition.again !== null || (owned.position < next && !join)) return;
  const { state, from: heldBack } = storePartition(partition);
  const counts = countsNow(partition, bad);
  const stored: Stored = { ...state, bad, join: join && storeJoin(join, partition) };
  const from = stored.join ? stored.join.place.reco.offset : (heldBack ?? next);
  demandLease(io);
  await io.checkpoints.save({
    ...{ pipelineHash: loaded.hash, topic: topics.events, partition: partition.id, epoch },
    ...{
      sequence: ++owned.sequence,
      next,
      from: Math.min(from, next),
      deadLetters: buried.get(topics.events) ?? 0,
      state: stored,
    },
  });
  owned.dirty = false;
  owned.saved = counts;
  owned.savedAt = io.clock();
}
