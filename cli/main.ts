import { Command, CommanderError } from 'commander';
import { messageOf, Problem } from '../operators/problem.js';
import { version } from './version.js';

/** Each command in a module of its own, which is loaded when it is asked for: most of a start is loading. */
const COMMANDS: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  replay: async () => (await import('./replay.js')).addReplay,
  watch: async () => (await import('./watch.js')).addWatch,
  merge: async () => (await import('./merge.js')).addMerge,
  export: async () => (await import('./export.js')).addExport,
  generate: async () => (await import('./generate.js')).addGenerate,
  check: async () => (await import('./check.js')).addCheck,
  probe: async () => (await import('./probe.js')).addProbe,
  runlength: async () => (await import('./run_length.js')).addRunLength,
  produce: async () => (await import('./produce.js')).addProduce,
  live: async () => (await import('./live.js')).addLive,
  state: async () => (await import('./state.js')).addState,
  history: async () => (await import('./history.js')).addHistory,
  dashboards: async () => (await import('./dashboards.js')).addDashboards,
  mcp: async () => (await import('./mcp.js')).addMcp,
  demo: async () => (await import('./demo.js')).addDemo,
};

const program = new Command('regimewatch')
  .description('Watches how well a reconstruction works, regime by regime of the global context.')
  .version(version)
  .configureOutput({
    outputError: (text, write) => {
      write(`regimewatch: ${oneLine(text).replace(/^error: /, '')}; see regimewatch --help\n`);
    },
  })
  .exitOverride();

const asked = process.argv.slice(2).find((text) => !text.startsWith('-')) ?? '';
for (const name of Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS)) (await COMMANDS[name]!())(program);
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
