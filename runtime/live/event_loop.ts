import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../../operators/problem.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { closeHeld, dropLog, rowsHeld, type HeldRows } from './held_rows.js';
import { demandLease, FETCH, LostLease, type LiveIo, type LiveSettings } from './live_options.js';
import { Fenced } from './fenced.js';
import type { ModelsMessage } from './messages.js';
import { save, takeUp, tell, type Owned } from './owned.js';
import { knowsItsModels, useModels } from './fill_windows.js';
import { latenessOf } from './partition.js';
import { passAll } from './told_windows.js';
import { atEnd, joinComplete, type JoinedLog } from './joined_log.js';
import { takeJoined } from './take_joined.js';
import type { TruthSides } from './truth_side.js';
import { takeMessages } from './take_messages.js';
import { NO_EXTRAS, wireStage, type StageExtras, type WireStage } from './wire_stage.js';

/** The partitions of the events that a worker owns. */
export interface EventLoop {
  readonly owned: Map<number, Owned>;
  readonly stages: Map<number, WireStage>;
  readonly held: HeldRows;
  /** How the truth is joined, where it comes on a topic of its own. */
  readonly sides: TruthSides | null;
  /** Since when a partition waits for models with all the rows held back that it may hold. */
  readonly waiting: Map<number, number>;
  readonly extras: StageExtras;
  /** Called with the milliseconds that the messages of a batch took. */
  readonly onBatch: (ms: number) => void;
}

export const eventLoop = (
  held: HeldRows,
  sides: TruthSides | null = null,
  extras: StageExtras = NO_EXTRAS,
  onBatch: (ms: number) => void = () => undefined,
): EventLoop => ({
  owned: new Map(),
  stages: new Map(),
  ...{ held, sides },
  waiting: new Map(),
  ...{ extras, onBatch },
});

const isJoined = (owned: Owned): owned is Owned & { readonly join: JoinedLog } => owned.join !== null;

/** When there is nothing that may be read. */
const REST_MS = 5;

/**
 * Brings what is owned in line with what the group has assigned: partitions that went are forgotten with all that was not
 * saved, partitions that came are claimed and loaded. `kept`: held on to since the assignment before.
 */
export async function reconcile(
  loaded: LoadedPipeline,
  io: LiveIo,
  settings: LiveSettings,
  loop: EventLoop,
  assigned: ReadonlySet<number>,
): Promise<void> {
  for (const id of loop.owned.keys()) if (!assigned.has(id)) forget(loop, id);
  const missing = [...assigned].filter((id) => !loop.owned.has(id));
  if (missing.length === 0) return;
  const { events, truth } = settings.topics;
  const bounds = await io.log.bounds(events);
  const ofTruth = truth === null ? bounds : await io.log.bounds(truth);
  const maxBytes = loop.held.maxBytes / Math.max(1, assigned.size);
  const { folder } = loop.held;
  const join = loop.sides && { columns: loop.sides.columns, lateness: latenessOf(loaded), maxBytes, folder };
  for (const id of missing) {
    demandLease(io);
    const start = { reco: bounds[id]!.start, truth: ofTruth[id]!.start };
    const owned = await takeUp(loaded, io, settings, id, loop.held, { start, join });
    loop.owned.set(id, owned);
    loop.stages.set(id, wireStage(loaded, settings.topics.events, id, loop.extras));
  }
}

export function forget(loop: EventLoop, id: number): void {
  const join = loop.owned.get(id)?.join;
  if (join) closeHeld(join.join.held);
  loop.owned.delete(id);
  loop.stages.delete(id);
  loop.waiting.delete(id);
  dropLog(loop.held, id);
}

/** One turn: reads what there is, tells what is complete, saves what is due. Gives the number of messages. */
export async function turn(
  loaded: LoadedPipeline,
  io: LiveIo,
  settings: LiveSettings,
  loop: EventLoop,
  models: ModelsMessage | null,
): Promise<number> {
  const { topics } = settings;
  if (models) for (const { partition } of loop.owned.values()) useModels(partition, models);
  const positions = [...loop.owned.values()]
    .filter((owned) => mayRead(io, settings, loop, owned))
    .flatMap(({ partition: { id }, position, join }) => [
      { topic: topics.events, partition: id, offset: join?.position.reco ?? position },
      ...(join ? [{ topic: topics.truth!, partition: id, offset: join.position.truth }] : []),
    ]);
  // Without a wait for something outside, nobody else would ever have a turn.
  const batches = positions.length > 0 ? await io.log.fetch(positions, FETCH) : await pause(REST_MS, []);
  let messages = 0;
  for (const batch of batches) {
    const owned = loop.owned.get(batch.partition);
    if (owned === undefined) continue;
    messages += batch.records.length;
    const stage = loop.stages.get(batch.partition)!;
    const start = io.clock();
    await guarded(loop, owned, () =>
      isJoined(owned)
        ? takeJoined(io, topics, loop.sides!, stage, owned, batch)
        : takeMessages(io, topics, stage, owned, batch),
    );
    if (batch.records.length > 0) loop.onBatch(io.clock() - start);
  }
  for (const owned of [...loop.owned.values()]) {
    await guarded(loop, owned, async () => {
      await atRest(loaded, io, settings, loop, owned);
      await tell(loaded, io, settings, owned);
      if (io.clock() - owned.savedAt < settings.checkpointMs) return;
      // At its end an owner has nothing new to save; but only by saving does it learn that another has claimed the partition.
      if (owned.ended) owned.dirty = true;
      await save(loaded, io, settings, owned);
    });
  }
  return messages;
}

/** What went to another worker is forgotten; everything else is a failure. */
async function guarded(loop: EventLoop, { partition }: Owned, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof LostLease) && !(error instanceof Fenced)) throw error;
    forget(loop, partition.id);
  }
}

/** A partition at the end of its log: over, if that was asked for; idle, if nothing has come for long. */
async function atRest(
  loaded: LoadedPipeline,
  io: LiveIo,
  settings: LiveSettings,
  loop: EventLoop,
  owned: Owned,
): Promise<void> {
  const { partition, join } = owned;
  if (owned.ended || !knowsItsModels(partition)) return;
  if (join ? !atEnd(join) : owned.position < owned.end || partition.again !== null) return;
  const idle = settings.idleMs > 0 && !owned.idle && io.clock() - owned.heardAt >= settings.idleMs;
  if (!settings.untilEnd && !idle) return;
  if (join) await joinComplete(join, partition, loop.sides!, loop.stages.get(partition.id)!, true);
  passAll(partition, owned.next);
  if (settings.untilEnd) owned.ended = true;
  owned.idle = true;
  // What is complete by the clock and not by the log is told only once it is saved: after a crash it is told again, the same.
  owned.dirty = true;
  await save(loaded, io, settings, owned);
}

function mayRead(io: LiveIo, settings: LiveSettings, loop: EventLoop, { partition }: Owned): boolean {
  const { id, again } = partition;
  // What is read again was held before, and no models are taken in until all of it is.
  if (again !== null || (knowsItsModels(partition) && rowsHeld(loop.held, id) < settings.maxHeldRows)) {
    loop.waiting.delete(id);
    return true;
  }
  const since = loop.waiting.get(id) ?? io.clock();
  loop.waiting.set(id, since);
  if (io.clock() - since > settings.modelWaitMs) {
    throw new Problem(
      1,
      `partition ${settings.topics.events}/${id}: has waited ${Math.round(settings.modelWaitMs / 1000)} s for the models of its next window, ${rowsHeld(loop.held, id)} events are held back; are all partitions read, and is the worker up that owns ${settings.topics.summaries}? Smaller windows hold back less`,
    );
  }
  return false;
}
