import type { Command } from 'commander';
import { wrongPipeline } from '../operators/problem.js';
import { loadPipeline } from '../runtime/pipeline_file.js';
import type { KafkaAccess } from '../sources/kafka/access.js';
import { isKafkaPath, kafkaPath } from '../sources/kafka/log_range.js';
import type { ReadRange } from '../sources/source.js';
import { addKafkaOptions, kafkaConnection, type KafkaOptions } from './kafka_options.js';
import { checkFormat, positiveNumber, referenceOf, replayOptions, wholeNumber } from './options.js';
import { pacer } from './pace.js';
import { progressLine } from './progress.js';
import { publish } from './publish.js';
import { addWireOptions, topicName, wireAccess, type WireOptions } from './wire_options.js';

interface Options extends KafkaOptions, WireOptions {
  readonly out?: string;
  readonly workers: string;
  readonly serve?: string;
  readonly reference?: string;
  readonly pace?: string;
  readonly format?: string;
  readonly partial?: string;
  readonly range?: string;
  readonly fromTopic?: string;
  readonly fromOffsets?: string;
  readonly toOffsets?: string;
  readonly set: string[];
}

export function addReplay(program: Command): void {
  const command = program
    .command('replay')
    .description('read stored samples and report how the reconstruction behaves in each regime')
    .argument('<pipeline>', 'pipeline file (YAML)')
    .argument('[sample...]', 'files of events, or generator:N; none with --from-topic')
    .option('--out <folder>', 'write report.json, report.html and figures/*.svg there')
    .option('--workers <n>', 'threads; the result is the same for any number', '1')
    .option('--reference <report>', 'compare with this report.json')
    .option('--serve <port>', 'serve the report and /metrics on 127.0.0.1 until Ctrl-C (0: any free port)')
    .option('--pace <rate>', 'read no faster than so many events a second')
    .option('--format <format>', 'json: print report.json in place of the table')
    .option('--partial <file>', 'write a partial for `merge` and no report')
    .option('--range <from:to>', 'only the events at positions from ≤ p < to of each sample')
    .option('--from-topic <topic>', 'replay what a Kafka topic holds')
    .option(
      '--from-offsets <list>',
      'begin at these offsets, PARTITION:OFFSET with commas (default: the start of the log)',
    )
    .option('--to-offsets <list>', 'end before these (default: the end that the log has now)')
    .action(run);
  addKafkaOptions(command);
  addWireOptions(command);
}

async function run(pipelineFile: string, paths: string[], _: unknown, command: Command): Promise<void> {
  const options = command.optsWithGlobals<Options>();
  const workers = wholeNumber('--workers', options.workers, 1, 256);
  const servePort = options.serve === undefined ? undefined : wholeNumber('--serve', options.serve, 0, 65535);
  checkFormat(options.format);
  const ofReport = options.out ?? options.serve ?? options.format ?? options.reference;
  if (options.partial !== undefined && ofReport !== undefined) {
    throw wrongPipeline('--partial: writes no report; give --out, --serve, --format and --reference to `merge`');
  }
  if (options.pace !== undefined && workers > 1) throw wrongPipeline('--pace: needs --workers 1');
  const pace = options.pace === undefined ? undefined : pacer(positiveNumber('--pace', options.pace));
  const loaded = await loadPipeline(pipelineFile, options.set);
  const compared = await referenceOf(options.reference);
  // Loaded when needed, so that a mistake in a pipeline is told at once.
  const { replay, replayPartial } = await import('../runtime/replay.js');
  const { prepareSamples } = await import('../runtime/samples.js');
  const range = options.range === undefined ? undefined : rangeOf(options.range);
  const access = kafkaAccess(options, paths);
  const samples = await prepareSamples(loaded, await samplesOf(options, paths, access), range, access);
  const line = progressLine(samples.reduce((sum, { bytes }) => sum + bytes, 0));
  const settings = replayOptions(workers, ({ events, bytes }) => {
    line.add(events, bytes);
    return pace?.(events);
  });
  try {
    if (options.partial !== undefined) {
      const { read, used } = await replayPartial(loaded, samples, options.partial, settings);
      process.stdout.write(`partial: ${options.partial}, ${used} of ${read} events\n`);
      return;
    }
    const report = await replay(loaded, samples, { ...settings, ...compared });
    line.clear();
    await publish(report, { out: options.out, format: options.format, servePort });
  } finally {
    line.clear();
  }
}

/** null where nothing is read from Kafka. */
function kafkaAccess(options: Options, paths: readonly string[]): KafkaAccess | undefined {
  if (options.fromTopic === undefined && !paths.some(isKafkaPath)) return undefined;
  return { connection: kafkaConnection(options, process.env), ...wireAccess(options, process.env) };
}

/** The samples: those given, or one for each partition of a topic. */
async function samplesOf(
  { fromTopic: topic, fromOffsets, toOffsets, range }: Options,
  paths: readonly string[],
  access: KafkaAccess | undefined,
): Promise<readonly string[]> {
  if (topic === undefined || access === undefined) {
    if (fromOffsets !== undefined || toOffsets !== undefined)
      throw wrongPipeline('--from-offsets, --to-offsets: are of --from-topic; give it too');
    if (paths.length === 0)
      throw wrongPipeline("missing required argument 'sample': name files, generator:N, or --from-topic TOPIC");
    return paths;
  }
  if (paths.length > 0) throw wrongPipeline(`--from-topic ${topic}: is the sample; leave out ${paths[0]!}`);
  if (range !== undefined) throw wrongPipeline('--range: is of files; give --from-offsets and --to-offsets');
  const [from, to] = [offsetsOf('--from-offsets', fromOffsets), offsetsOf('--to-offsets', toOffsets)];
  const { openStoredLog } = await import('../sources/kafka/access.js');
  const { topicRanges } = await import('../sources/kafka/topic_ranges.js');
  const log = openStoredLog(access, topicName('--from-topic', topic));
  try {
    return (await topicRanges(log, topic, from, to)).map(kafkaPath);
  } finally {
    await log.close();
  }
}

function offsetsOf(name: string, text = ''): Map<number, number> {
  const entries = text.split(',').filter((each) => each !== '');
  return new Map(
    entries.map((each) => {
      const [partition, offset] = /^(\d{1,6}):(\d{1,15})$/.exec(each)?.slice(1).map(Number) ?? [];
      if (partition !== undefined && offset !== undefined) return [partition, offset];
      throw wrongPipeline(`${name} ${each}: expected PARTITION:OFFSET, e.g. 0:100,1:250`);
    }),
  );
}

function rangeOf(text: string): ReadRange {
  const [from, to] = /^(\d+):(\d+)$/.exec(text)?.slice(1).map(Number) ?? [];
  if (from === undefined || to === undefined || from >= to) {
    throw wrongPipeline(`--range ${text}: expected FROM:TO with FROM < TO, e.g. 0:100000`);
  }
  return { from, to };
}
