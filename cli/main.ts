import { Command, CommanderError } from 'commander';
import { messageOf, Problem } from '../operators/problem.js';
import { addCheck } from './check.js';
import { addDemo } from './demo.js';
import { addGenerate } from './generate.js';
import { addMerge } from './merge.js';
import { addReplay } from './replay.js';
import { version } from './version.js';

const program = new Command('regimewatch')
  .description('Watches how well a reconstruction works, regime by regime of the global context.')
  .version(version)
  .showHelpAfterError('(regimewatch COMMAND --help lists what there is)')
  .exitOverride();

for (const add of [addReplay, addMerge, addGenerate, addCheck, addDemo]) add(program);
for (const command of program.commands) {
  command
    .exitOverride()
    .option('--set <path=value>', 'override an entry of the pipeline, e.g. --set weight=none', collect, [])
    .option('--verbose', 'on an error print the stack too');
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  process.stderr.write(`regimewatch: ${messageOf(error)}\n`);
  if (process.argv.includes('--verbose') && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  process.exitCode = error instanceof Problem ? error.exitCode : 1;
}

// A reader that goes away (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

await program.parseAsync().catch(fail);
