import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { eventLoop, reconcile, turn } from '../../runtime/live/event_loop.js';
import { heldRows } from '../../runtime/live/held_rows.js';
import { ensureTopics, openIo } from '../../runtime/live/live_io.js';
import { topicsOf, type LiveIo } from '../../runtime/live/live_options.js';
import type { ModelsMessage } from '../../runtime/live/messages.js';
import { followModels, modelsTail, type ModelsTail } from '../../runtime/live/models_tail.js';
import { loadPipeline, type LoadedPipeline } from '../../runtime/pipeline_file.js';
import { openLog } from '../../sources/kafka/log.js';
import type { KafkaLog } from '../../sources/kafka/types.js';
import { connectionOf } from './connection.js';
import { meter, type Run, type Source } from './run.js';

export interface EngineOptions {
  readonly checkpointMs: number;
  /** Stands in for the log of the events. */
  readonly log?: (real: KafkaLog) => KafkaLog;
  /** Called after each turn with the events that were read so far. */
  readonly onTurn?: (events: number) => void;
}

export interface Engine extends Run {
  /** The loop's standstills because of a checkpoint, and the part of each in which the whole process stood still; ms. */
  readonly pauses: readonly number[];
  readonly blocked: readonly number[];
}

/**
 * The loop of a worker without its group: log, decoder, formulas, window summaries, deltas, checkpoints in a topic. It
 * learns nothing and closes no window: the models are those of another group, for all windows.
 */
export async function engine(source: Source, options: EngineOptions): Promise<Engine> {
  const { broker, topic, pipeline, set, events: wanted } = source;
  const loaded = await loadPipeline(pipeline, [...set]);
  const connection = connectionOf(broker);
  const topics = topicsOf(topic, `bench-engine-${randomUUID()}`);
  const onRetry = (): void => undefined;
  const first = openLog(connection, { onRetry });
  await ensureTopics(connection, first, topics, onRetry);
  const models = await modelsOf(loaded, first, source.models!);
  await first.close();
  const ending = new AbortController();
  const opened = openIo(loaded, connection, topics, {
    ...{ state: null, schemas: [], registry: null, sides: null, onRetry, notice: onRetry, newId: randomUUID },
    ...{ lease: () => true, clock: () => performance.now(), signal: ending.signal },
  });
  const log = options.log?.(opened.events.log) ?? opened.events.log;
  const { io, pauses, blocked } = timed({ ...opened.events, log });
  const settings = { topics, untilEnd: false, idleMs: 0, maxHeldRows: 2e6, modelWaitMs: 60_000 };
  const loop = eventLoop(heldRows(128 * 2 ** 20, tmpdir()));
  const turnOnce = () => turn(loaded, io, { ...settings, checkpointMs: options.checkpointMs }, loop, models);
  const stop = meter();
  let events = 0;
  await reconcile(loaded, io, { ...settings, checkpointMs: options.checkpointMs }, loop, new Set([0]));
  while (events < wanted) {
    await turnOnce();
    events = loop.owned.get(0)!.partition.counts.read;
    options.onTurn?.(events);
  }
  const run = stop(events);
  ending.abort();
  await opened.close();
  return { ...run, pauses, blocked };
}

async function modelsOf(loaded: LoadedPipeline, log: KafkaLog, group: string): Promise<ModelsMessage> {
  const { models: topic } = topicsOf('', group);
  const [bounds] = await log.bounds(topic);
  const tail: ModelsTail = { ...modelsTail(), position: bounds!.start };
  while (tail.position < bounds!.end) await followModels(loaded, log, topic, tail);
  return { ...tail.models!, through: Number.MAX_SAFE_INTEGER };
}

/** The loop looks at the clock last before it makes a checkpoint: the pause is from there until the save is done. */
function timed(io: LiveIo): { io: LiveIo; pauses: number[]; blocked: number[] } {
  const pauses: number[] = [];
  const blocked: number[] = [];
  let looked = 0;
  const clock = (): number => (looked = performance.now());
  const save: LiveIo['checkpoints']['save'] = async (checkpoint) => {
    const start = looked;
    const saving = io.checkpoints.save(checkpoint);
    blocked.push(performance.now() - start);
    await saving;
    pauses.push(performance.now() - start);
  };
  return { io: { ...io, clock, checkpoints: { ...io.checkpoints, save } }, pauses, blocked };
}
