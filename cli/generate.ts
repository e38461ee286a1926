import type { Command } from 'commander';
import { loadPipeline } from '../runtime/pipeline_file.js';
import { wholeNumber } from './options.js';
import { progressLine } from './progress.js';

export function addGenerate(program: Command): void {
  program
    .command('generate')
    .description('write a sample of toy Z → ll events with known truth: .arrow, .parquet, .csv, .lhe or .lhe.gz')
    .argument('<pipeline>', 'pipeline file (YAML): its generator and fast_reconstruction say what is made')
    .requiredOption('--events <n>', 'number of events')
    .requiredOption('--out <file>', 'file to write; its ending gives the format')
    .action(async (file: string, _: unknown, command: Command) => {
      const { events, out, set } = command.optsWithGlobals<{ events: string; out: string; set: string[] }>();
      const loaded = await loadPipeline(file, set);
      const { generateSample } = await import('../runtime/generate.js');
      const line = progressLine(0);
      await generateSample(loaded, wholeNumber('--events', events, 1, 1e10), out, (made) => {
        line.add(made, 0);
      });
      line.clear();
      process.stdout.write(`${out}: ${events} events\n`);
    });
}
