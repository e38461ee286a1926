import { decodeState, encodeState } from '../../operators/summaries/codec.js';
import type { WindowReport } from '../../schemas/window_report.js';
import type { RemoteShard } from '../crew.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { stateHash } from '../state_hash.js';
import { demandPipeline } from './checkpoint.js';
import { firstModels } from './first_models.js';
import { closeComplete, learned, lessons, modelsMessage, openKeeper, takeSummary, type KeeperState } from './keeper.js';
import { demandLease, FETCH, type LiveIo, type LiveSettings } from './live_options.js';
import { addTotals } from './joined_log.js';
import { mergeEnds } from './merge_ends.js';
import type { EndMessage, LiveSummary } from './messages.js';
import { toParts } from './parts.js';
import { reportRecord, type Closing } from './report_record.js';
import { placeOf, summariesLog, takeRecord, type SummariesLog } from './summaries_log.js';

/** The worker that owns the summaries: it merges, closes windows, learns and tells the others. */
export interface KeeperLoop {
  readonly state: KeeperState;
  readonly epoch: number;
  sequence: number;
  readonly log: SummariesLog;
  savedAt: number;
  dirty: boolean;
  told: string;
  ended: boolean;
  /** What the last checkpoint counts: a crash goes back to it. */
  saved: { readonly windows: number; readonly veryLate: number };
}

export async function takeUpKeeper(
  loaded: LoadedPipeline,
  io: LiveIo,
  { topics }: LiveSettings,
  partitions: number,
  start: number,
): Promise<KeeperLoop> {
  demandLease(io);
  const { epoch, checkpoint } = await io.keeperCheckpoints.claim(topics.summaries, 0);
  if (checkpoint) demandPipeline(checkpoint, loaded.hash, topics.summaries);
  const state = checkpoint ? (checkpoint.state as KeeperState) : openKeeper(partitions);
  return {
    ...{ state, saved: countsOf(state) },
    ...{ epoch, sequence: 0, log: summariesLog(checkpoint?.from ?? start, checkpoint?.next ?? start) },
    ...{ savedAt: io.clock(), dirty: false, told: '', ended: false },
  };
}

const countsOf = ({ watching, veryLate }: KeeperState) => ({ windows: watching?.windows ?? 0, veryLate });

/**
 * One turn of the keeper; the reports of the windows that it closed. `closing` is told of each before it is written, and
 * each is written before it is in a checkpoint: of a worker that is killed in between, the next one closes it again.
 */
export async function keep(
  loaded: LoadedPipeline,
  io: LiveIo,
  settings: LiveSettings,
  loop: KeeperLoop,
  crew: () => RemoteShard[],
  closing: (report: WindowReport) => Closing = () => ({ at: 0, run: '' }),
): Promise<WindowReport[]> {
  const { topics } = settings;
  const { state } = loop;
  const [batch] = await io.log.fetch([{ topic: topics.summaries, partition: 0, offset: loop.log.position }], FETCH);
  const reports: WindowReport[] = [];
  for (const record of batch?.records ?? []) {
    const message = takeRecord(loop.log, record, loaded.hash, topics.summaries);
    loop.dirty = true;
    if (message === null) continue;
    takeSummary(state, message);
    // After each message, so that what is closed and learned depends on the log and not on how it is fetched.
    await learn(loaded, state, crew);
    reports.push(...closeComplete(loaded, state));
  }
  loop.log.position = batch?.next ?? loop.log.position;
  const write = async (topic: string, key: string, message: unknown): Promise<void> => {
    demandLease(io);
    const parts = toParts(message, loaded.hash);
    await io.writer.write(
      parts.map(({ value, headers }, i) => ({ topic, partition: 0, key: Buffer.from(`${key}/${i}`), value, headers })),
    );
  };
  for (const report of reports) {
    demandLease(io);
    await io.writer.write([reportRecord(topics.reports, report, loop.epoch, closing(report))]);
  }
  const models = modelsMessage(loaded, state);
  const words = models === null ? '' : `${models.applied.length} ${models.through} ${models.closed}`;
  if (models && words !== loop.told) {
    await write(topics.models, 'models', models);
    loop.told = words;
  }
  const ends = state.ends.filter((end) => end !== null);
  const over = settings.untilEnd && ends.length === state.ends.length && state.gathering.length === 0;
  if (over && !loop.ended) {
    const epochs = ends.map(({ epoch }) => epoch);
    const end: EndMessage = { kind: 'end', epochs, summary: summaryOf(loaded, state) };
    await write(topics.models, 'end', end);
  }
  loop.ended = over;
  if (loop.dirty && state.models !== null && io.clock() - loop.savedAt >= settings.checkpointMs) {
    await saveKeeper(loaded, io, settings, loop);
  }
  return reports;
}

/** Learns the first models, once there is enough to learn from. */
export async function learn(loaded: LoadedPipeline, state: KeeperState, crew: () => RemoteShard[]): Promise<void> {
  const chunks = lessons(loaded, state);
  if (chunks === null) return;
  const once = { ...loaded.pipeline };
  delete once.online;
  const shards = crew();
  try {
    learned(loaded, state, await firstModels({ ...loaded, pipeline: once }, shards, chunks));
  } finally {
    await Promise.all(shards.map((shard) => shard.close()));
  }
}

/** Without models there is nothing to save: the log is read again from where it was. */
export async function saveKeeper(
  loaded: LoadedPipeline,
  io: LiveIo,
  { topics }: LiveSettings,
  loop: KeeperLoop,
): Promise<void> {
  if (!loop.dirty || loop.state.models === null) return;
  demandLease(io);
  const saved = countsOf(loop.state);
  await io.keeperCheckpoints.save({
    ...{ pipelineHash: loaded.hash, topic: topics.summaries, partition: 0, epoch: loop.epoch },
    ...{ sequence: ++loop.sequence, ...placeOf(loop.log), deadLetters: 0, state: loop.state },
  });
  loop.saved = saved;
  loop.savedAt = io.clock();
  loop.dirty = false;
}

/** What the stream has left, once all partitions have told their end. */
export function summaryOf({ pipeline, hash }: LoadedPipeline, state: KeeperState): LiveSummary {
  const ends = state.ends.map((end) => end!);
  // Merging settles, and the ends may be told again: merge copies.
  const merged = mergeEnds(ends.map((end) => decodeState(encodeState(end.state)) as (typeof end)['state']));
  return {
    pipeline: pipeline.pipeline,
    pipelineHash: hash,
    events: merged.events,
    deadLetters: ends.reduce((sum, { deadLetters }) => sum + deadLetters, 0),
    windows: state.watching?.windows ?? 0,
    veryLate: state.veryLate,
    join: addTotals(ends.map(({ join }) => join)),
    models: state.models?.version ?? null,
    stateHash: stateHash(merged),
    chain: state.watching?.chain ?? '',
  };
}
