import type { Command } from 'commander';
import { loadPipeline } from '../runtime/pipeline_file.js';
import { explainPipeline } from '../runtime/explain.js';

export function addCheck(program: Command): void {
  program
    .command('check')
    .description(
      'validate a pipeline and print the plan: columns, formulas in order, regimes, windows, what is off and why',
    )
    .argument('<pipeline>', 'pipeline file (YAML)')
    .action(async (file: string, _: unknown, command: Command) => {
      const loaded = await loadPipeline(file, command.optsWithGlobals<{ set: string[] }>().set);
      process.stdout.write(`${explainPipeline(loaded)}\n`);
    });
}
