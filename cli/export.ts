import type { Command } from 'commander';
import { wrongPipeline } from '../operators/problem.js';
import { loadPipeline } from '../runtime/pipeline_file.js';
import { replayOptions, wholeNumber } from './options.js';
import { progressLine } from './progress.js';

interface Options {
  readonly out: string;
  readonly workers: string;
  readonly name: string;
  readonly set: string[];
}

export function addExport(program: Command): void {
  program
    .command('export')
    .description('replay, and write regimes and correction as one ONNX file with its card, vectors and histograms')
    .argument('<pipeline>', 'pipeline file (YAML)')
    .argument('<sample...>', 'files of events, or generator:N')
    .requiredOption('--out <folder>', 'where the files go')
    .option('--workers <n>', 'threads; the result is the same for any number', '1')
    .option('--name <name>', 'of the model and what belongs to it', 'correction')
    .action(run);
}

async function run(pipelineFile: string, paths: string[], _: unknown, command: Command): Promise<void> {
  const options = command.optsWithGlobals<Options>();
  const workers = wholeNumber('--workers', options.workers, 1, 256);
  const loaded = await loadPipeline(pipelineFile, options.set);
  const { name } = options;
  if (!/^[\w][\w.-]*$/.test(name)) throw wrongPipeline(`--name ${name}: expected letters, digits, ., - and _`);
  const { demandCorrection, exportFacts } = await import('../runtime/export_facts.js');
  demandCorrection(loaded.pipeline);
  const { replayWhole } = await import('../runtime/replay.js');
  const { prepareSamples } = await import('../runtime/samples.js');
  const samples = await prepareSamples(loaded, paths);
  const line = progressLine(samples.reduce((sum, { bytes }) => sum + bytes, 0));
  const settings = replayOptions(workers, ({ events, bytes }) => {
    line.add(events, bytes);
  });
  const whole = await replayWhole(loaded, samples, settings).finally(() => {
    line.clear();
  });
  const { correctionFiles, writeExport } = await import('../sinks/export/export_files.js');
  const { uhiFile } = await import('../sinks/export/uhi.js');
  const { exportHistograms } = await import('../runtime/export_histograms.js');
  const facts = exportFacts(loaded.pipeline, whole, name);
  const files = new Map([
    ...correctionFiles(facts),
    ['histograms.json', uhiFile(exportHistograms(loaded.pipeline, whole))],
    ['report.json', `${JSON.stringify(whole.report)}\n`],
  ]);
  const { accepted, reason } = facts.decision;
  const outcome = accepted ? `${facts.correction.layer}, accepted` : 'refused, so the identity is exported';
  process.stdout.write(`correction: ${outcome}: ${reason}\n`);
  for (const path of await writeExport(options.out, files)) process.stdout.write(`${path}\n`);
}
