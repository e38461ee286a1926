import { Command, CommanderError } from 'commander';
import { messageOf, Problem } from '../operators/problem.js';
import { addCheck } from './check.js';
import { addDashboards } from './dashboards.js';
import { addDemo } from './demo.js';
import { addExport } from './export.js';
import { addGenerate } from './generate.js';
import { addHistory } from './history.js';
import { addMcp } from './mcp.js';
import { addMerge } from './merge.js';
import { addLive } from './live.js';
import { addProbe } from './probe.js';
import { addProduce } from './produce.js';
import { addReplay } from './replay.js';
import { addRunLength } from './run_length.js';
import { addState } from './state.js';
import { version } from './version.js';
import { addWatch } from './watch.js';

const program = new Command('regimewatch')
  .description('Watches how well a reconstruction works, regime by regime of the global context.')
  .version(version)
  .configureOutput({
    outputError: (text, write) => {
      write(`regimewatch: ${oneLine(text).replace(/^error: /, '')}; see regimewatch --help\n`);
    },
  })
  .exitOverride();

for (const add of [
  addReplay,
  addWatch,
  addMerge,
  addExport,
  addGenerate,
  addCheck,
  addProbe,
  addRunLength,
  addProduce,
  addLive,
  addState,
  addHistory,
  addDashboards,
  addMcp,
  addDemo,
])
  add(program);
for (const command of program.commands) {
  command
    .exitOverride()
    .option('--set <path=value>', 'override an entry of the pipeline, e.g. --set weight=none', collect, [])
    .option('--verbose', 'on an error print the stack too');
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}

function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  process.stderr.write(`regimewatch: ${oneLine(messageOf(error))}\n`);
  if (process.argv.includes('--verbose') && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  process.exitCode = error instanceof Problem ? error.exitCode : 1;
}

// A reader that goes away (`| head`) is no failure: what is written to files is still to be written.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    fail(new Problem(1, `output: cannot be written: ${messageOf(error)}`));
  });
}
process.on('uncaughtException', (error) => {
  fail(error);
  process.exit();
});

if (process.argv.length > 2) await program.parseAsync().catch(fail);
else
  fail(
    new Problem(
      2,
      `no command given; there are ${program.commands.map((each) => each.name()).join(', ')}; see regimewatch --help`,
    ),
  );
