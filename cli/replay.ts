import type { Command } from 'commander';
import { wrongPipeline } from '../operators/problem.js';
import { loadPipeline } from '../runtime/pipeline_file.js';
import type { ReadRange } from '../sources/source.js';
import { checkFormat, positiveNumber, referenceOf, replayOptions, wholeNumber } from './options.js';
import { pacer } from './pace.js';
import { progressLine } from './progress.js';
import { publish } from './publish.js';
import { addTopicOptions, kafkaAccess, samplesOf, type TopicOptions } from './topic_samples.js';

interface Options extends TopicOptions {
  readonly out?: string;
  readonly workers: string;
  readonly serve?: string;
  readonly reference?: string;
  readonly pace?: string;
  readonly format?: string;
  readonly partial?: string;
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
    .action(run);
  addTopicOptions(command);
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
  const { partialNotes } = await import('../runtime/partial_notes.js');
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
      const notes = partialNotes(loaded.pipeline).map((note) => `note: ${note}\n`);
      process.stdout.write(`partial: ${options.partial}, ${used} of ${read} events\n${notes.join('')}`);
      return;
    }
    const report = await replay(loaded, samples, { ...settings, ...compared });
    line.clear();
    await publish(report, { out: options.out, format: options.format, servePort });
  } finally {
    line.clear();
  }
}

function rangeOf(text: string): ReadRange {
  const [from, to] = /^(\d+):(\d+)$/.exec(text)?.slice(1).map(Number) ?? [];
  if (from === undefined || to === undefined || from >= to) {
    throw wrongPipeline(`--range ${text}: expected FROM:TO with FROM < TO, e.g. 0:100000`);
  }
  return { from, to };
}
