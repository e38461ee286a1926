import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../../operators/problem.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { openLog } from '../../sources/kafka/log.js';
import type { KafkaConnection, LogPosition, Retry } from '../../sources/kafka/types.js';
import { createCrew } from '../crew.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { eventLoop, forget, reconcile, turn, type EventLoop } from './event_loop.js';
import { openEnding, type Ending } from './ending.js';
import { Fenced } from './fenced.js';
import { followWindows, type WindowTaker } from './follow_windows.js';
import { closeHeld, heldRows } from './held_rows.js';
import { keep, saveKeeper, takeUpKeeper, type KeeperLoop } from './keeper_loop.js';
import { ensureTopics, openIo, type IoOptions, type OpenIo } from './live_io.js';
import { LostLease, type LiveSettings } from './live_options.js';
import { joinGroup, type Assignment } from './membership.js';
import { followModels, modelsTail, summaryOfEnd, type ModelsTail } from './models_tail.js';
import type { LiveSummary } from './messages.js';
import { save } from './owned.js';
import type { Closing } from './report_record.js';
import { closeExtras, openExtras } from './stage_extras.js';
import { truthSides } from './truth_side.js';
import { openWatchdog } from './watchdog.js';

export interface LiveOptions extends Omit<IoOptions, 'lease' | 'onRetry' | 'signal' | 'sides'> {
  readonly settings: LiveSettings;
  readonly group: string;
  readonly sessionTimeoutMs: number;
  readonly heartbeatMs: number;
  /** Rows held back in memory, in bytes, and where more of them go. */
  readonly maxBytes: number;
  readonly folder: string;
  /** Whether probes run on a thread of their own. */
  readonly probeThread?: boolean;
  /** Nothing read for so long though there is something: the connection is opened anew, the third time it is the end. */
  readonly stallMs: number;
  readonly onRetry: (retry: Retry) => void;
  /** Told of a window that this worker closes, before its report is written; says who closed it, and when. */
  readonly closing: (report: WindowReport) => Closing;
  /** Takes the windows that the group closes. */
  readonly windows: WindowTaker;
  /** Called with the milliseconds that the messages of a batch took. */
  readonly onBatch?: (ms: number) => void;
  /** Called with the worker before it starts, for those who show how it is. */
  readonly onWorker: (worker: LiveWorker) => void;
  /** Ends the worker in good order. */
  readonly signal: AbortSignal;
}

/** What can be seen of a worker from outside; its loops change it. */
export interface LiveWorker {
  readonly loop: EventLoop;
  keeper: KeeperLoop | null;
  readonly tail: ModelsTail;
  assignment: Assignment | null;
  retries: number;
  restarts: number;
  rebalances: number;
}

const PAUSE_MS = 20;
/** After a signal, for what is under way and the last checkpoints: leaving the group takes two seconds at most. */
const DRAIN_MS = 2500;

/**
 * A worker of a consumer group: it shares the partitions of the events with others, keeps the exact state of its own, and
 * if it owns the summaries, merges those of all. Ends with the summary where the stream has an end, with null after a
 * signal, and with the Problem that ended it otherwise.
 */
export async function live(
  loaded: LoadedPipeline,
  connection: KafkaConnection,
  options: LiveOptions,
): Promise<LiveSummary | null> {
  if (loaded.pipeline.window === undefined) {
    throw new Problem(
      2,
      `pipeline ${loaded.pipeline.pipeline}: has no window; live needs one, e.g. window: { events: 50000 }`,
    );
  }
  const { settings, clock } = options;
  const { topics } = settings;
  const sides = topics.truth === null ? null : truthSides(loaded);
  const tail = modelsTail();
  const extras = await openExtras(loaded, { ...options, models: () => tail.models });
  const worker: LiveWorker = {
    loop: eventLoop(heldRows(options.maxBytes, options.folder), sides, extras, options.onBatch),
    keeper: null,
    tail,
    assignment: null,
    ...{ retries: 0, restarts: 0, rebalances: 0 },
  };
  const summary = (): LiveSummary | null => summaryOfEnd(worker.tail, worker.loop.owned);
  options.onWorker(worker);
  const ending = openEnding(options.signal, DRAIN_MS);
  const { stop, cut, fail } = ending;
  const onRetry = (retry: Retry): void => {
    worker.retries++;
    options.onRetry(retry);
  };
  const first = openLog(connection, { onRetry, signal: stop });
  const partitions = await ensureTopics(connection, first, topics, onRetry, stop)
    .catch(async (error: unknown) => {
      ending.close();
      await closeExtras(extras);
      if (options.signal.aborted) return null;
      throw error;
    })
    .finally(() => first.close());
  if (partitions === null) return null;
  /** Resolves what the group waits for: the last checkpoint before a rebalance. */
  let handOver: (() => void) | null = null;
  const membership = joinGroup(connection, {
    ...{
      group: options.group,
      topics: [topics.events, ...(topics.truth === null ? [] : [topics.truth]), topics.summaries],
      clock,
      onRetry,
      onFatal: fail,
    },
    ...{ sessionTimeoutMs: options.sessionTimeoutMs, heartbeatMs: options.heartbeatMs },
    onAssigned: (assignment) => {
      worker.assignment = assignment;
      handOver = null;
    },
    onLost: (reason) => {
      worker.rebalances++;
      if (reason === 'rebalance' && worker.assignment) return new Promise<void>((resolve) => (handOver = resolve));
      worker.assignment = null;
      return undefined;
    },
  });
  const io = openIo(loaded, connection, topics, {
    ...options,
    ...{ sides, onRetry },
    signal: cut,
    lease: () => worker.assignment !== null && membership.lease(),
  });
  const watchdog = openWatchdog(clock, options.stallMs);

  const saveAll = async (): Promise<void> => {
    for (const owned of worker.loop.owned.values()) await save(loaded, io.events, settings, owned).catch(ignoreLoss);
    await membership.commit(positionsOf(worker, topics.events)).catch(() => undefined);
  };
  const events = async (): Promise<void> => {
    let generation = -1;
    while (!stop.aborted && summary() === null) {
      if (handOver) {
        const [given, before] = [handOver, worker.assignment];
        handOver = null;
        await saveAll();
        // Where that took longer than the lease, the group may have gone on to a new assignment.
        if (worker.assignment === before) worker.assignment = null;
        given();
      }
      const { assignment } = worker;
      if (assignment === null) {
        await pause(PAUSE_MS);
        continue;
      }
      const kept = new Set(assignment.kept.filter(([topic]) => topic === topics.events).map(([, id]) => id));
      if (assignment.generation !== generation) {
        for (const id of [...worker.loop.owned.keys()]) if (!kept.has(id)) forget(worker.loop, id);
        generation = assignment.generation;
      }
      const mine = assignment.partitions.filter(([topic]) => topic === topics.events).map(([, id]) => id);
      await reconcile(loaded, io.events, settings, worker.loop, new Set(mine)).catch(ignoreLoss);
      const messages = await turn(loaded, io.events, settings, worker.loop, worker.tail.models);
      watchdog.look(worker.loop);
      // Where all partitions wait for models a turn asks the broker for nothing: others have to get their turn.
      if (messages === 0) await pause(PAUSE_MS);
    }
  };
  const keeping = async (): Promise<void> => {
    let generation = -1;
    while (!stop.aborted && summary() === null) {
      const { assignment } = worker;
      if (assignment?.partitions.some(([topic]) => topic === topics.summaries) !== true) {
        if (assignment !== null) worker.keeper = null;
        await pause(PAUSE_MS);
        continue;
      }
      if (assignment.generation !== generation && !assignment.kept.some(([topic]) => topic === topics.summaries)) {
        worker.keeper = null;
      }
      generation = assignment.generation;
      try {
        const [bounds] = worker.keeper ? [null] : await io.keeper.log.bounds(topics.summaries);
        worker.keeper ??= await takeUpKeeper(loaded, io.keeper, settings, partitions, bounds?.start ?? 0);
        const crew = () =>
          createCrew(
            2,
            { pipeline: loaded.pipeline, samples: [], maxBytes: options.maxBytes, folder: options.folder },
            cut,
          );
        await keep(loaded, io.keeper, settings, worker.keeper, crew, options.closing);
      } catch (error) {
        ignoreLoss(error);
        worker.keeper = null;
        await pause(PAUSE_MS);
      }
    }
  };
  const following = async (): Promise<void> => {
    const [bounds] = await io.models.bounds(topics.models);
    Object.assign(worker.tail, { position: bounds!.start, newsFrom: bounds!.end });
    while (!stop.aborted && summary() === null) await followModels(loaded, io.models, topics.models, worker.tail);
  };
  const guard = (work: () => Promise<void>): Promise<void> =>
    // After a signal too: what a loop has left half done is not to be saved.
    work().catch(fail);
  const bark = setInterval(
    () => {
      watchdog.check({
        restart: (line) => {
          worker.restarts++;
          options.notice(line);
          io.reopen();
        },
        giveUp: (line) => {
          fail(new Problem(1, line));
        },
      });
    },
    Math.max(100, options.stallMs / 4),
  );
  let closed = false;
  const taking = guard(() => {
    const reports = { topic: topics.reports, pipelineHash: loaded.hash, notice: options.notice, open: io.openReports };
    const ends = { over: () => closed, leaving: options.signal, signal: cut };
    return followWindows({ ...reports, ...ends }, options.windows);
  });
  try {
    await Promise.all([guard(events), guard(keeping), guard(following)]);
    closed = true;
    // What a loop had to leave half done is not to be saved.
    if (ending.fatal() === undefined && !cut.aborted) {
      await guard(async () => {
        await saveAll();
        if (worker.keeper) await saveKeeper(loaded, io.keeper, settings, worker.keeper).catch(ignoreLoss);
      });
    }
    await taking;
    if (cut.aborted && ending.fatal() === undefined)
      options.notice('live: not all was saved before the end; who comes next reads on from the checkpoints before');
  } finally {
    clearInterval(bark);
    await membership.leave();
    await close(io, ending, worker);
    await closeExtras(extras);
  }
  const fatal = ending.fatal();
  if (fatal !== undefined) throw fatal as Error;
  return summary();
}

async function close(io: OpenIo, ending: Ending, worker: LiveWorker): Promise<void> {
  ending.close();
  await io.close();
  closeHeld(worker.loop.held);
}

/** Partitions that went to another worker are that worker's business. */
function ignoreLoss(error: unknown): void {
  if (!(error instanceof LostLease) && !(error instanceof Fenced)) throw error;
}

const positionsOf = ({ loop }: LiveWorker, topic: string): LogPosition[] =>
  [...loop.owned.values()].map(({ partition, next }) => ({ topic, partition: partition.id, offset: next }));
