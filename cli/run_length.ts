import type { Command } from 'commander';
import { SHAPES, type Shape } from '../operators/checks/shapes.js';
import { wrongPipeline } from '../operators/problem.js';
import { loadPipeline } from '../runtime/pipeline_file.js';
import type { MeasuredChecks } from '../runtime/measure_checks.js';
import { checkFormat, wholeNumber } from './options.js';
import { progressLine } from './progress.js';

interface Options {
  readonly runs: string;
  readonly events?: string;
  readonly shape?: string;
  readonly seed: string;
  readonly workers: string;
  readonly format?: string;
  readonly set: string[];
}

export function addRunLength(program: Command): void {
  program
    .command('runlength')
    .description('measure by simulation how many windows without drift pass to the first false alarm of the checks')
    .argument('<pipeline>', 'pipeline file (YAML)')
    .option('--runs <n>', 'number of simulated streams for each shape', '100')
    .option('--events <n>', "events in a window; default that of the pipeline's window")
    .option('--shape <shape>', `distribution of δ: ${SHAPES.join(', ')}; default all`)
    .option('--seed <n>', 'seed of the simulation', '1')
    .option('--workers <n>', 'threads; the result is the same for any number', '1')
    .option('--format <format>', 'json: print JSON in place of the table')
    .action(run);
}

async function run(file: string, _: unknown, command: Command): Promise<void> {
  const options = command.optsWithGlobals<Options>();
  checkFormat(options.format);
  const settings = {
    runs: wholeNumber('--runs', options.runs, 2, 1e6),
    seed: wholeNumber('--seed', options.seed, 0, 2 ** 32 - 1),
    workers: wholeNumber('--workers', options.workers, 1, 256),
    shapes: options.shape === undefined ? SHAPES : [shapeOf(options.shape)],
    ...(options.events === undefined ? {} : { events: wholeNumber('--events', options.events, 2, 1e9) }),
  };
  const { pipeline, hash } = await loadPipeline(file, options.set);
  const { measureChecks } = await import('../runtime/measure_checks.js');
  const line = progressLine(settings.runs * settings.shapes.length);
  const found = await measureChecks(pipeline, {
    ...settings,
    onRun(_windows, events) {
      line.add(events, 1);
    },
  }).finally(() => {
    line.clear();
  });
  const text =
    options.format === 'json'
      ? JSON.stringify({ pipeline: pipeline.pipeline, pipelineHash: hash, ...found })
      : inWords(pipeline.pipeline, found);
  process.stdout.write(`${text}\n`);
}

function shapeOf(text: string): Shape {
  const shape = SHAPES.find((name) => name === text);
  if (shape === undefined) throw wrongPipeline(`--shape ${text}: expected one of ${SHAPES.join(', ')}`);
  return shape;
}

function inWords(name: string, found: MeasuredChecks): string {
  const { checks, regimes, quantities, events, learn, k, threshold, wanted, measured } = found;
  return [
    `${name}: ${checks} checks (CUSUM and Page–Hinkley of ${quantities.join(', ')} in ${regimes} regimes, and the shares)`,
    `windows of ${events} events, the first ${learn} learned from; k ${k}, threshold ${threshold.toFixed(3)}`,
    `windows without drift to the first false alarm: ${wanted} wanted`,
    ...measured.map(({ shape, mean, error, runs, censored, firstAlarms }) => {
      const cut = censored === 0 ? '' : `, ${censored} of them cut short: a lower bound`;
      const first = Object.entries(firstAlarms).map(([check, n]) => `${check} ${n}`);
      return `  δ ${shape.padEnd(9)}  ${mean.toFixed(0)} ± ${error.toFixed(0)} measured in ${runs} runs${cut} (first alarms: ${first.join(', ')})`;
    }),
  ].join('\n');
}
