import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { wrongPipeline } from '../operators/problem.js';
import { ATTACKS } from '../schemas/pipeline.js';
import type { AttackName } from '../runtime/probe/attacks.js';
import { checkFormat, positiveNumber, replayOptions, wholeNumber } from './options.js';
import { stageLine } from './stage_line.js';

interface Options {
  readonly out: string;
  readonly pipeline?: string;
  readonly workers: string;
  readonly events: string;
  readonly attacks: string;
  readonly sizes: string;
  readonly size: string;
  readonly tries: string;
  readonly seed: string;
  readonly distance: string;
  readonly correlation: string;
  readonly format?: string;
  readonly set: string[];
}

export function addProbe(program: Command): void {
  program
    .command('probe')
    .description('measure how far changes inside the uncertainties of its inputs can move a model, per regime')
    .argument('<card>', 'model card (YAML)')
    .argument('<sample...>', 'files of events, or generator:N')
    .option('--out <folder>', 'where report.json, report.html and figures/*.svg go', 'out')
    .option('--pipeline <file>', 'pipeline, in place of the one that the card names')
    .option('--events <n>', 'most events to probe, chosen by the hash of their identity', '5000')
    .option('--attacks <list>', `of ${ATTACKS.join(', ')}`, 'gradient,preserving,minimal,coordinate')
    .option('--sizes <list>', 'sizes to try, in uncertainties', '0.25,0.5,1,2,3')
    .option('--size <s>', 'size at which distributions and systematics are shown', '1')
    .option('--tries <n>', 'random directions of the control; the best one counts', '1')
    .option('--seed <n>', 'of the choice of events and of all chance', '1')
    .option('--distance <d>', 'cap of the Jensen–Shannon distance of each feature', '0.06')
    .option('--correlation <c>', 'cap of the relative change of the correlation matrix', '0.006')
    .option('--workers <n>', 'threads that read; the result is the same for any number', '1')
    .option('--format <format>', 'json: print report.json in place of the table')
    .action(run);
}

async function run(cardFile: string, paths: string[], _: unknown, command: Command): Promise<void> {
  const options = command.optsWithGlobals<Options>();
  checkFormat(options.format);
  const workers = wholeNumber('--workers', options.workers, 1, 256);
  const size = positiveNumber('--size', options.size);
  const sizes = [...new Set([...options.sizes.split(',').map((text) => positiveNumber('--sizes', text)), size])];
  const attacks = options.attacks.split(',').map(attackNamed);
  const { loadCard } = await import('../runtime/models/card_file.js');
  const card = await loadCard(cardFile);
  const { loadPipeline } = await import('../runtime/pipeline_file.js');
  const pipelineFile = options.pipeline ?? resolve(dirname(cardFile), card.card.pipeline);
  const pipeline = await loadPipeline(pipelineFile, options.set);
  const { prepareSamples } = await import('../runtime/samples.js');
  const samples = await prepareSamples(pipeline, paths);
  const { probe } = await import('../runtime/probe/probe.js');
  const line = stageLine();
  try {
    const report = await probe(pipeline, card, samples, {
      ...replayOptions(workers, () => undefined),
      attacks: [...new Set(attacks)],
      ...{ size, sizes: sizes.sort((a, b) => a - b) },
      events: wholeNumber('--events', options.events, 1, 10_000_000),
      seed: wholeNumber('--seed', options.seed, 0, 2 ** 32 - 1),
      tries: wholeNumber('--tries', options.tries, 1, 1000),
      caps: {
        distance: positiveNumber('--distance', options.distance),
        correlation: positiveNumber('--correlation', options.correlation),
      },
      onStage: (what, done) => {
        line.show(what, done);
      },
    });
    line.clear();
    const { writeProbeReport } = await import('../sinks/probe_report/write_probe_report.js');
    const written = await writeProbeReport(report, options.out);
    if (options.format === 'json') process.stdout.write(`${JSON.stringify(report)}\n`);
    else {
      const { probeTable } = await import('../sinks/probe_report/probe_table.js');
      process.stdout.write(`${probeTable(report)}\n${written[1]!}\n`);
    }
  } finally {
    line.clear();
  }
}

function attackNamed(name: string): AttackName {
  const known = ATTACKS.find((each) => each === name.trim());
  if (known) return known;
  throw wrongPipeline(`--attacks ${name}: expected names of ${ATTACKS.join(', ')}, with commas between them`);
}
