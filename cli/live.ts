import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Command } from 'commander';
import { messageOf, wrongPipeline } from '../operators/problem.js';
import { loadPipeline } from '../runtime/pipeline_file.js';
import type { LiveWorker } from '../runtime/live/live.js';
import type { AvroSchema } from '../sources/wire/avro/schema.js';
import { alertLine } from './alert_line.js';
import { addKafkaOptions, kafkaConnection, type KafkaOptions } from './kafka_options.js';
import { liveLine, summaryLines } from './live_lines.js';
import { checkFormat, positiveNumber, wholeNumber } from './options.js';
import { openStreamPage, type StreamPage } from './stream_page.js';

interface Options extends KafkaOptions {
  readonly topic?: string;
  readonly truthTopic?: string;
  readonly group?: string;
  readonly state?: string;
  readonly schema: string[];
  readonly registry?: string;
  readonly untilEnd?: true;
  readonly serve?: string;
  readonly host?: string;
  readonly history?: string;
  readonly checkpoint: string;
  readonly idle: string;
  readonly hold: string;
  readonly modelWait: string;
  readonly session: string;
  readonly stall: string;
  readonly format?: string;
  readonly set: string[];
}

const HELD_BYTES = 128 * 2 ** 20;

export function addLive(program: Command): void {
  const command = program
    .command('live')
    .description('watch a topic as a worker of a consumer group: exact state through kills, rebalances and replays')
    .argument('<pipeline>', 'pipeline file (YAML)');
  addKafkaOptions(command)
    .option('--topic <name>', 'topic of the events (default: the name of the pipeline)')
    .option(
      '--truth-topic <name>',
      'topic of the truth, where it comes apart (late_truth in the pipeline says which columns)',
    )
    .option('--group <id>', 'consumer group; its topics begin with this name (default: regimewatch-<pipeline>)')
    .option('--state <folder>', 'keep checkpoints in fsynced files there, not in topics')
    .option('--schema <file>', 'Avro schema that messages may be written with; may be given again', collect, [])
    .option('--registry <url>', 'schema registry of messages in Confluent framing')
    .option('--until-end', 'end when the log is read to its end, and close every window')
    .option('--serve <port>', 'serve the page, /metrics, /status.json, /healthz and /readyz (0: any free port)')
    .option('--host <address>', 'where to serve; default 127.0.0.1, this machine alone')
    .option('--history <file>', 'keep the windows of the group, and alerts, in this DuckDB file')
    .option('--checkpoint <seconds>', 'between checkpoints of a partition', '5')
    .option('--idle <seconds>', 'a partition without messages for so long is not waited for; 0: always wait', '0')
    .option('--hold <events>', 'events of a partition held back for want of models before it stops reading', '2000000')
    .option('--model-wait <seconds>', 'how long it may stop so before the worker gives up', '300')
    .option('--session <seconds>', 'silence after which the group gives a worker up', '15')
    .option(
      '--stall <seconds>',
      'nothing read for so long while there is something: the connection is opened anew',
      '60',
    )
    .option('--format <format>', 'json: print window reports and the summary as JSON lines')
    .action(run);
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

async function run(file: string, _: unknown, command: Command): Promise<void> {
  const options = command.optsWithGlobals<Options>();
  checkFormat(options.format);
  const servePort = options.serve === undefined ? undefined : wholeNumber('--serve', options.serve, 0, 65535);
  if (servePort === undefined && options.host !== undefined)
    throw wrongPipeline('--host: serves nothing without --serve');
  if (options.idle !== '0' && options.truthTopic !== undefined)
    throw wrongPipeline('--idle: cannot go with --truth-topic, where one side may be silent; leave it out');
  const ms = (name: string, text: string): number => 1000 * positiveNumber(name, text);
  const loaded = await loadPipeline(file, options.set);
  const connection = kafkaConnection(options, process.env);
  const { live } = await import('../runtime/live/live.js');
  const { topicsOf } = await import('../runtime/live/live_options.js');
  const { observeBatch } = await import('../sinks/prometheus/process_metrics.js');
  const { liveStatus } = await import('../runtime/live/live_status.js');
  const { followed } = await import('../runtime/watch/followed.js');
  const { liveFacts } = await import('../runtime/watch/live_facts.js');
  const group = options.group ?? `regimewatch-${loaded.pipeline.pipeline}`;
  const session = ms('--session', options.session);
  const json = options.format === 'json';
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  let worker: LiveWorker | null = null;
  const status = () => worker && liveStatus(worker, page?.feed.lastWindow() ?? null, performance.now());
  const notice = (line: string): void => void process.stderr.write(`regimewatch: ${line}\n`);
  const topic = options.topic ?? loaded.pipeline.pipeline;
  const me = randomUUID();
  const topics = topicsOf(topic, group, options.truthTopic);
  const ending = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => {
      ending.abort();
    });
  let page: StreamPage | null = null;
  try {
    page = await openStreamPage(loaded, {
      ...{ source: `topic ${topic}`, history: options.history, port: servePort, host: options.host },
      ...{ next: null, follows: true, statusJson: status, notice },
      facts: () => {
        const now = status();
        return worker && now && liveFacts(worker, now, topics, page?.feed.isCaughtUp() ?? false);
      },
      onWindow: () => undefined,
      onAlerts: (changed) => {
        // Whoever closes the windows tells of them.
        if (!json && worker?.keeper) for (const alert of changed) notice(alertLine(alert));
      },
    });
    if (page.url !== null) process.stderr.write(`serving ${page.url} and ${page.url}metrics\n`);
    const { feed } = page;
    const summary = await live(loaded, connection, {
      settings: {
        topics,
        untilEnd: options.untilEnd === true,
        checkpointMs: ms('--checkpoint', options.checkpoint),
        idleMs: options.idle === '0' ? 0 : ms('--idle', options.idle),
        maxHeldRows: wholeNumber('--hold', options.hold, 1, 1e10),
        modelWaitMs: ms('--model-wait', options.modelWait),
      },
      ...{ group, sessionTimeoutMs: session, heartbeatMs: session / 5, stallMs: ms('--stall', options.stall) },
      ...{ maxBytes: HELD_BYTES, folder: tmpdir(), probeThread: true, state: options.state ?? null },
      ...{ schemas: await readSchemas(options.schema), registry: await registryOf(options.registry) },
      clock: () => performance.now(),
      newId: randomUUID,
      notice,
      onRetry: ({ what, attempt, waitMs, error }) => {
        if (attempt === 1 || attempt % 10 === 0)
          notice(`${what}: ${error}; attempt ${attempt}, again in ${(waitMs / 1000).toFixed(1)} s`);
      },
      onBatch: (taken) => {
        observeBatch(loaded.pipeline.pipeline, taken / 1000, null);
      },
      closing: (report) => {
        // One that another keeper closed before it was killed has been told by it.
        if (!feed.has(report)) print(json ? JSON.stringify(report) : liveLine(report));
        return { at: Date.now(), run: me };
      },
      windows: followed(feed, { history: options.history !== undefined, page: servePort !== undefined }),
      onWorker: (made) => (worker = made),
      signal: ending.signal,
    });
    if (summary) process.stdout.write(json ? `${JSON.stringify(summary)}\n` : summaryLines(summary));
  } finally {
    await page?.close();
  }
}

async function readSchemas(files: readonly string[]): Promise<AvroSchema[]> {
  const { parseSchema } = await import('../sources/wire/avro/schema.js');
  return Promise.all(
    files.map(async (file) => {
      try {
        return parseSchema(await readFile(file, 'utf8'), file);
      } catch (error) {
        throw wrongPipeline(`--schema ${file}: ${messageOf(error)}`, error);
      }
    }),
  );
}

async function registryOf(url: string | undefined) {
  if (url === undefined) return null;
  const { schemaRegistry } = await import('../sources/wire/registry.js');
  return schemaRegistry(url, {});
}
