import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { packageFolder } from '../../cli/version.js';
import { topicsOf } from '../../runtime/live/live_options.js';
import type { LiveSummary } from '../../runtime/live/messages.js';
import { openLog } from '../../sources/kafka/log.js';
import { schemasTopic } from '../../sources/kafka/topic_schemas.js';
import type { LogRecord } from '../../sources/kafka/types.js';
import { chance } from './chance.js';
import { startChild, type Child } from './child.js';
import { copyTopic, everyRecord } from './copy_topic.js';
import { crewOf, inWords, lastWords, type Crew } from './crew.js';
import { leftBehind, type LeftBehind } from './left_behind.js';
import { overrides, sampleOf, type Scene } from './options.js';
import { producing } from './producing.js';
import { SPOILED, spoiler } from './spoil.js';
import { storm } from './storm.js';
import { watchEpochs, type LateWrite } from './watch_epochs.js';

/** What one group has found and left. */
export interface Outcome extends LeftBehind {
  readonly summary: LiveSummary;
}

export interface SoakResult {
  readonly stormy: Outcome;
  /** One worker, which nothing happens to, on a copy of the logs. */
  readonly alone: Outcome;
  /** The same without poison and without what was written twice. */
  readonly clean: LiveSummary;
  /** stateHash of a replay of the sample. */
  readonly replayed: string;
  readonly spoiled: { readonly poison: number; readonly twice: number };
  readonly late: readonly LateWrite[];
  readonly claims: number;
  readonly generations: number;
  readonly seconds: number;
}

/** Events of a storm on a quiet machine; the rest comes after it, at once. */
const SHARE = 0.5;
/** A fate of each kind takes about so long. */
const FATE_MS = 800;

/** A storm over workers, producer and broker; then the same logs read by one worker in peace, and a replay. */
export async function runSoak(scene: Scene): Promise<SoakResult> {
  const { options, connection, topic, group, print } = scene;
  const pipeline = join(packageFolder(), 'pipelines', 'dilepton.yaml');
  const from = performance.now();
  const luck = chance(options.seed);
  const spoils = spoiler(scene, chance(options.seed + 1));
  const fates = Object.values(options.fates).reduce((a, b) => a + b, 0);
  const stormMs = fates * ((options.gapMs[0] + options.gapMs[1]) / 2 + FATE_MS);
  const pace = Math.ceil((SHARE * options.events) / (stormMs / 1000));
  const producer = producing(scene, pipeline, spoils, pace);
  const topics = topicsOf(topic, group);
  print(`${options.events} events at ${pace} a second, ${fates} fates in about ${Math.round(stormMs / 1000)} s`);

  producer.start();
  await untilThere(scene);
  const crew = crewOf(scene, pipeline);
  const epochs = watchEpochs(connection, topics);
  for (let i = 0; i < options.workers; i++) crew.start();
  await storm(scene, { crew, producer, spoiler: spoils, epochs }, luck);
  await producer.finish();
  await spoils.spoil();
  print(`the topic is whole: ${spoils.poison} messages are poison, ${spoils.twice} are there twice`);
  await Promise.all(crew.living().map((child) => crew.dismiss(child)));
  const summary = await toTheEnd(scene, crew);
  await spoils.close();
  await epochs.stop();
  const seconds = (performance.now() - from) / 1000;
  const stormy = { summary, ...(await leftBehind(connection, topic, group)) };
  const generations = await generationsOf(scene);
  print(`the storm's group has ended after ${seconds.toFixed(0)} s`);

  const copyTo = async (to: string, keep: (record: LogRecord) => boolean): Promise<void> => {
    await copyTopic(connection, schemasTopic(topic), schemasTopic(to), () => true);
    await copyTopic(connection, topic, to, keep);
  };
  await copyTo(`${topic}-copy`, () => true);
  const still: Scene = { ...scene, topic: `${topic}-copy`, group: `${group}-alone` };
  const alone = {
    summary: await oneWorker(still, pipeline),
    ...(await leftBehind(connection, still.topic, still.group)),
  };
  print('one worker has read a copy of the topic');
  await copyTo(`${topic}-clean`, ({ headers }) => !headers.has(SPOILED));
  const clean = await oneWorker({ ...scene, topic: `${topic}-clean`, group: `${group}-clean` }, pipeline);
  const replayed = await replayHash(scene, pipeline);
  print('and one what the sample holds of it');
  const spoiled = { poison: spoils.poison, twice: spoils.twice };
  return { stormy, alone, clean, replayed, spoiled, late: epochs.late, claims: epochs.claims(), generations, seconds };
}

/** The topic is made by the producer. */
async function untilThere({ connection, topic }: Scene): Promise<void> {
  const log = openLog(connection, { onRetry: () => undefined });
  for (let tries = 0; tries < 300; tries++) {
    const bounds = await log.bounds(topic).catch(() => []);
    if (bounds.some(({ end }) => end > 0)) break;
    await pause(100);
  }
  await log.close();
}

/** All workers of a crew anew, now to the end of the logs; one of them is killed on the way. */
async function toTheEnd(scene: Scene, crew: Crew): Promise<LiveSummary> {
  const workers = Array.from({ length: scene.options.workers }, () => crew.start('--until-end'));
  await pause(2500);
  const victim = workers.shift()!;
  if (victim.alive()) {
    scene.print(`kill -9 ${victim.name} on the way to the end`);
    await crew.kill(victim);
  }
  workers.push(crew.start('--until-end'));
  await Promise.all(workers.map((child) => child.ended));
  return sameSummary(scene, workers);
}

async function oneWorker(scene: Scene, pipeline: string): Promise<LiveSummary> {
  const child = crewOf(scene, pipeline).start('--until-end');
  await child.ended;
  return sameSummary(scene, [child]);
}

function sameSummary({ faults }: Scene, workers: readonly Child[]): LiveSummary {
  const found = workers.map((child) => child.lines().at(-1) ?? '');
  if (new Set(found).size > 1) faults.push(`summaries of ${workers.map(({ name }) => name).join()}: differ`);
  const summary = JSON.parse(found[0] === '' ? '{}' : found[0]!) as Partial<LiveSummary>;
  if (summary.stateHash === undefined) throw new Error(`${workers[0]!.name}: no summary; ${lastWords(workers[0]!)}`);
  return summary as LiveSummary;
}

async function replayHash({ options, folder }: Scene, pipeline: string): Promise<string> {
  const args = ['replay', pipeline, sampleOf(options), '--format', 'json', ...overrides(options)];
  const child = startChild(folder, 'replay', args);
  const ended = await child.ended;
  if (ended.code !== 0) throw new Error(`replay: ${inWords(ended)}; ${lastWords(child)}`);
  return (JSON.parse(child.lines().join('\n')) as { stateHash: string }).stateHash;
}

const OFFSETS = '__consumer_offsets';
/** Version of the keys of OFFSETS under which what a group is lies; its value begins with a version and a protocol type. */
const GROUP_KEY = 2;

/** Generations of the group, from where the broker keeps them. */
async function generationsOf({ connection, group }: Scene): Promise<number> {
  let highest = 0;
  for (const { key, value } of await everyRecord(connection, OFFSETS)) {
    if (key?.readInt16BE(0) !== GROUP_KEY || value === null || key.toString('utf8', 4) !== group) continue;
    highest = Math.max(highest, value.readInt32BE(4 + value.readInt16BE(2)));
  }
  return highest;
}
