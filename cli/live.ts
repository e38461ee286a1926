import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Command } from 'commander';
import { messageOf, wrongPipeline } from '../operators/problem.js';
import { loadPipeline } from '../runtime/pipeline_file.js';
import type { LiveWorker } from '../runtime/live/live.js';
import type { LiveStatus } from '../runtime/live/live_status.js';
import type { WindowReport } from '../schemas/window_report.js';
import type { AvroSchema } from '../sources/wire/avro/schema.js';
import { addKafkaOptions, kafkaConnection, type KafkaOptions } from './kafka_options.js';
import { liveLine, summaryLines } from './live_lines.js';
import { checkFormat, positiveNumber, wholeNumber } from './options.js';

interface Options extends KafkaOptions {
  readonly topic?: string;
  readonly truthTopic?: string;
  readonly group?: string;
  readonly state?: string;
  readonly schema: string[];
  readonly registry?: string;
  readonly untilEnd?: true;
  readonly serve?: string;
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
    .option('--serve <port>', 'serve /metrics, /status.json, /healthz and /readyz on 127.0.0.1 (0: any free port)')
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
  if (options.idle !== '0' && options.truthTopic !== undefined)
    throw wrongPipeline('--idle: cannot go with --truth-topic, where one side may be silent; leave it out');
  const ms = (name: string, text: string): number => 1000 * positiveNumber(name, text);
  const loaded = await loadPipeline(file, options.set);
  const connection = kafkaConnection(options, process.env);
  const { live } = await import('../runtime/live/live.js');
  const { topicsOf } = await import('../runtime/live/live_options.js');
  const { liveStatus } = await import('../runtime/live/live_status.js');
  const group = options.group ?? `regimewatch-${loaded.pipeline.pipeline}`;
  const session = ms('--session', options.session);
  const json = options.format === 'json';
  let worker: LiveWorker | null = null;
  let lastWindow: WindowReport | null = null;
  const status = () => worker && liveStatus(worker, lastWindow, performance.now());
  const server = servePort === undefined ? null : await serve(loaded.pipeline.pipeline, status, servePort);
  const ending = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => {
      ending.abort();
    });
  const notice = (line: string): void => void process.stderr.write(`regimewatch: ${line}\n`);
  try {
    const summary = await live(loaded, connection, {
      settings: {
        topics: topicsOf(options.topic ?? loaded.pipeline.pipeline, group, options.truthTopic),
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
      onReport: (report) => {
        lastWindow = report;
        process.stdout.write(`${json ? JSON.stringify(report) : liveLine(report)}\n`);
      },
      onWorker: (made) => (worker = made),
      signal: ending.signal,
    });
    if (summary) process.stdout.write(json ? `${JSON.stringify(summary)}\n` : summaryLines(summary));
  } finally {
    await server?.close();
  }
}

async function serve(pipeline: string, status: () => LiveStatus | null, port: number) {
  const { serveLive } = await import('../sinks/page/serve_live.js');
  const { liveMetrics } = await import('../sinks/prometheus/live_metrics.js');
  const server = await serveLive(
    {
      metrics: () => {
        const facts = status();
        return facts ? liveMetrics(pipeline, facts) : Promise.resolve('');
      },
      status,
      ready: () => status()?.assigned === true,
    },
    port,
  );
  process.stderr.write(`serving ${server.url}metrics\n`);
  return server;
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
