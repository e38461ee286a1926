import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Broker } from '../../docker/kafka/broker.js';
import { analyse } from '../../runtime/analyse.js';
import { loadPipeline, type LoadedPipeline } from '../../runtime/pipeline_file.js';
import { produce, produceStages } from '../../runtime/produce.js';
import { readSamples } from '../../runtime/read_samples.js';
import { prepareSamples } from '../../runtime/samples.js';
import type { Report } from '../../schemas/report.js';
import { openWriter, type RecordWriter } from '../../sinks/kafka/writer.js';
import { givingUp } from '../../sources/kafka/access.js';
import { kafkaPath } from '../../sources/kafka/log_range.js';
import { openLog } from '../../sources/kafka/log.js';
import { topicRanges } from '../../sources/kafka/topic_ranges.js';
import { ensureTopic } from '../../sources/kafka/topics.js';
import type { KafkaConnection, KafkaLog } from '../../sources/kafka/types.js';
import { brokerOrSkip, startTestBroker } from '../support/broker.js';
import { dirtyTable } from '../support/dirty.js';
import { writeTable } from '../support/files.js';
import { problemOf } from '../support/problem_of.js';
import { run } from '../support/program.js';
import { crewOf, settings } from '../support/replay.js';
import { scratch } from '../support/scratch.js';
import { basePipeline } from '../support/stage.js';

const DILEPTON = 'pipelines/dilepton.yaml';
const lhe = new URL('../fixtures/lhe/powheg_v2.lhe', import.meta.url).pathname;
const GENERATED = 'generator:3000?seed=3&high_pt=0.3';
/** Fewer bins, since most of the time goes into them and not into the events. */
const LIGHT = ['response.bins=[400, -1, 1]', 'spectrum.bins=[12, 60, 120]', 'context.H_T.bins=[20, 0, 4000]'];
const folder = scratch();
const ALL = new Map<number, number>();

describe.skipIf(!brokerOrSkip())('replay --from-topic', () => {
  let broker: Broker;
  let connection: KafkaConnection;
  let log: KafkaLog;
  let writer: RecordWriter;
  beforeAll(async () => {
    broker = await startTestBroker();
    connection = { brokers: [broker.bootstrap], clientId: 'test', tls: null, sasl: null };
    log = openLog(connection, givingUp);
    writer = openWriter(connection, givingUp);
    return () => Promise.all([log.close(), writer.close()]);
  });

  let topics = 0;
  /** Sends samples to a new topic, and names it. */
  async function sent(loaded: LoadedPipeline, paths: readonly string[], encoding: 'arrow' | 'avro'): Promise<string> {
    const topic = `topic-${topics++}`;
    await produce(
      loaded,
      await produceStages(loaded, paths),
      { topic, encoding, batch: 300, partitions: 3, pace: null, again: false },
      {
        ...{ log, writer, stop: new AbortController().signal },
        makeTopic: (wanted) => ensureTopic(connection, wanted, givingUp),
      },
    );
    return topic;
  }

  /** The report by as many shards as asked for, on this thread. */
  async function replayed(loaded: LoadedPipeline, paths: readonly string[], shards = 1): Promise<Report> {
    const options = settings();
    const samples = await prepareSamples(loaded, paths, undefined, { connection });
    const crew = crewOf(shards, loaded, samples, options);
    return analyse(loaded, crew, await readSamples(samples, crew, options), options, 0);
  }

  const pathsOf = async (topic: string, from = ALL, to = ALL): Promise<string[]> =>
    (await topicRanges(log, topic, from, to)).map(kafkaPath);

  describe.each(['arrow', 'avro'] as const)('of %s messages gives the state of the sample', (encoding) => {
    it.each([
      ['generated', GENERATED, []],
      ['named by several columns', GENERATED, ['identity=[flavour, event]']],
      ['named by its place', GENERATED, ['identity=position']],
      ['named by sample and place', GENERATED, ['identity=[sample, event]']],
      ['of parton-level truth', lhe, []],
      ['that is reconstructed always', GENERATED, ['fast_reconstruction.when=always']],
    ])('%s, for one and two workers', async (_, path, overrides) => {
      const loaded = await loadPipeline(DILEPTON, [...LIGHT, ...overrides]);
      const file = await replayed(loaded, [path]);
      const topic = await sent(loaded, [path], encoding);
      const [one, two] = [
        await replayed(loaded, await pathsOf(topic)),
        await replayed(loaded, await pathsOf(topic), 2),
      ];
      expect(one.events).toEqual(file.events);
      expect([one.stateHash, two.stateHash]).toEqual([file.stateHash, file.stateHash]);
      // What is learned from the events is the same as well.
      for (const part of ['regimes', 'response', 'byContext', 'dangerZone', 'locality', 'correction'] as const) {
        expect(one[part]).toEqual(file[part]);
        expect(two[part]).toEqual(file[part]);
      }
    });

    it('with events that are out of range, missing or repeated', async () => {
      const loaded = basePipeline();
      let files = 0;
      await fc.assert(
        fc.asyncProperty(dirtyTable, async (table) => {
          const path = await writeTable(join(folder, `${encoding}-${files++}.arrow`), table);
          const file = await replayed(loaded, [path]);
          const report = await replayed(loaded, await pathsOf(await sent(loaded, [path], encoding)), 2);
          expect(report.events).toEqual(file.events);
          expect(report.stateHash).toBe(file.stateHash);
        }),
        { numRuns: 5 },
      );
    });

    it('by worker threads of the program', async () => {
      const loaded = await loadPipeline(DILEPTON, LIGHT);
      const topic = await sent(loaded, [GENERATED], encoding);
      const overrides = LIGHT.flatMap((override) => ['--set', override]);
      const args = ['--brokers', broker.bootstrap, '--workers', '2', '--format', 'json', ...overrides];
      const { code, stdout, stderr } = await run('replay', DILEPTON, '--from-topic', topic, ...args);
      expect([code, stderr]).toEqual([0, '']);
      const report = JSON.parse(stdout) as Report;
      expect(report.stateHash).toBe((await replayed(loaded, [GENERATED])).stateHash);
      expect(stdout).not.toContain(broker.bootstrap);
      const ends = (await log.bounds(topic)).map(({ end }) => end);
      expect(report.samples.map(({ path }) => path).sort()).toEqual(
        ends.map((end, p) => `kafka:${topic}?partition=${p}&from=0&to=${end}`),
      );
    });
  });

  it('names a range by what is in it', async () => {
    const loaded = await loadPipeline(DILEPTON, LIGHT);
    const [topic, other] = [await sent(loaded, [GENERATED], 'arrow'), await sent(loaded, [GENERATED], 'avro')];
    const names = async (paths: readonly string[]): Promise<string[]> =>
      Promise.all((await prepareSamples(loaded, paths, undefined, { connection })).map(({ sha256 }) => sha256));
    const first = await names(await pathsOf(topic));
    expect(await names(await pathsOf(topic))).toEqual(first);
    expect(new Set([...first, ...(await names(await pathsOf(other)))]).size).toBe(6);
    expect(first.every((name) => /^[0-9a-f]{64}$/.test(name))).toBe(true);
  });

  it('reads the offsets that were asked for, and leaves out partitions with none', async () => {
    const loaded = await loadPipeline(DILEPTON, LIGHT);
    const topic = await sent(loaded, [GENERATED], 'avro');
    const end = (await log.bounds(topic))[1]!.end;
    const paths = await pathsOf(topic, new Map([[0, 100]]), new Map([...[[0, 350] as const], [2, 0]]));
    expect(paths).toEqual([
      `kafka:${topic}?partition=0&from=100&to=350`,
      `kafka:${topic}?partition=1&from=0&to=${end}`,
    ]);
    expect((await replayed(loaded, paths)).events.read).toBe(250 + end);
  });

  it('counts what cannot be read with its reason', async () => {
    const loaded = await loadPipeline(DILEPTON, LIGHT);
    const topic = await sent(loaded, [GENERATED], 'avro');
    const values = [null, Buffer.alloc(0), Buffer.from('hello'), Buffer.from('c3010011223344556677aa', 'hex')];
    await writer.write(values.map((value) => ({ topic, partition: 1, key: null, value })));
    const { events } = await replayed(loaded, await pathsOf(topic));
    expect([events.read, events.used]).toEqual([3004, 3000]);
    expect(Object.entries(events.rejected).sort()).toEqual([
      ['message: Avro message: no schema has the fingerprint 0011223344556677: give it with --schema', 1],
      [expect.stringMatching(/^message: message begins with 68656c6c/), 1],
      ['message: message has no value', 1],
      ['message: message is empty', 1],
    ]);
  });

  it('tells of ranges that the log does not hold', async () => {
    const loaded = await loadPipeline(DILEPTON, LIGHT);
    const topic = await sent(loaded, [lhe], 'avro');
    const said = async (from: typeof ALL, to = ALL): Promise<string> =>
      (await problemOf(() => pathsOf(topic, from, to))).message;
    expect(await said(new Map([[7, 0]]))).toBe(`topic ${topic}: has partitions 0 to 2, and offsets of 7 are given`);
    expect(await said(ALL, new Map([[0, 999]]))).toMatch(
      /partition 0: offsets up to 999 are asked for, and the log ends/,
    );
    const empty = new Map([0, 1, 2].map((p) => [p, 0]));
    expect(await said(ALL, empty)).toBe(`topic ${topic}: no message in the range; produce some, or mend the offsets`);
    expect((await problemOf(() => topicRanges(log, 'nowhere', ALL, ALL))).message).toContain(
      'topic nowhere: does not exist',
    );
    const gone: KafkaLog = { ...log, bounds: () => Promise.resolve([{ start: 250, end: 400 }]) };
    const problem = await problemOf(() => topicRanges(gone, 't', new Map([[0, 100]]), ALL));
    expect([problem.exitCode, problem.message]).toEqual([
      3,
      'topic t partition 0: offsets 100 to 249 are gone from the log (retention); begin at what is left: --from-offsets 0:250',
    ]);
  });
});
