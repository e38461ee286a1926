import { cpus } from 'node:os';
import { join } from 'node:path';
import { rmSync, statSync } from 'node:fs';
import { prepared } from '../chain/field.js';
import { peerNamed } from '../chain/peers.js';
import type { PeerLine } from '../chain/result.js';
import { inTurns, hasModules, type Program } from '../child_run.js';
import { median } from '../live/statistics.js';
import type { Run } from '../live/run.js';
import { digits, ratiosOf, shown, spreadOf, type Spread } from '../spread.js';
import type { Outcome, Task } from './outcome.js';
import { missing, replaying, SAMPLES } from './programs.js';
import { makeSample } from './sample.js';

const HUNDRED_MILLION = 1e8;

/** Whole replays of generated samples, from opening the file to the finished report, beside other programs. */
export async function replayPart(task: Task): Promise<Outcome> {
  const rows: string[][] = [];
  const left: string[] = [];
  const findings: Record<string, Spread> = {};
  const rounds: Record<string, object> = {};
  for (const { name, text, peers } of SAMPLES) {
    const file = join(task.folder, `events.${name.toLowerCase()}`);
    await makeSample(task, file, text ? task.textEvents : task.events);
    const bytes = statSync(file).size;
    const onFile = (program: Program, ...more: string[]): Program => ({
      ...program,
      command: [...program.command, file, ...more],
    });
    const programs = [onFile(replaying(task.pipeline))];
    if (name === 'Arrow') {
      if (cpus().length > 1) programs.push(onFile(replaying(task.pipeline, 2), '2'));
      else left.push('2 workers against 1: this machine has one core');
    }
    for (const peer of peers) {
      const why = missing(peer);
      if (why === undefined) programs.push(onFile(peer));
      else left.push(`${name} beside ${peer.name}: ${why}`);
    }
    if (name === 'Arrow') programs.push(await chainOf(task));
    const runs = inTurns<Run | PeerLine>(programs, task.rounds, (what) => {
      task.onRun(`${name}, ${what}`);
    });
    const rates = runs.map((each) => each.map(rateOf));
    rounds[name] = Object.fromEntries(programs.map((program, i) => [program.name, runs[i]]));
    programs.forEach((program, i) => {
      const { events } = runs[i]![0]!;
      const key = keyOf(name, program.name);
      const ratio = ratiosOf(rates[0]!, rates[i]!);
      if (key !== undefined) findings[key] = key === 'workers' ? ratiosOf(rates[i]!, rates[0]!) : ratio;
      rows.push([
        ...[name, program.name, events.toLocaleString('en'), digits(median(rates[i]!))],
        i === 0 ? '' : shown(ratio),
        program.name === CHAIN ? '48' : digits(bytes / (text ? task.textEvents : task.events)),
        digits(median(runs[i]!.map(({ megabytes }) => megabytes ?? NaN))),
      ]);
    });
    const own = spreadOf(rates[0]!.map((rate) => rate / 1e6));
    findings[`replay/${name.toLowerCase()}`] = own;
    if (name === 'Arrow') {
      const memory = spreadOf(runs[0]!.map(({ megabytes }) => megabytes!));
      if (task.events >= HUNDRED_MILLION) findings['memory/100M'] = memory;
      else
        left.push(
          `memory of 100 M events: --events ${HUNDRED_MILLION} --only replay; of ${task.events}, ${digits(memory.median)} MB`,
        );
    }
    rmSync(file);
  }
  left.push(
    hasModules('uproot, awkward')
      ? 'uproot and awkward: no ROOT sample is made here, so that nothing is compared with them'
      : 'ROOT beside uproot and awkward: not installed, and no ROOT sample is made here',
  );
  const table = {
    title: 'Replays, end to end',
    head: ['sample', 'program', 'events', 'events/s', 'regimewatch is × of it', 'bytes an event', 'peak MB'],
    ...{ words: 2, rows },
    notes: [
      'From opening the file to the finished report, each run a process of its own, in turns, one worker; by the clock. pylhe only reads; the others do the chain and no report.',
    ],
  };
  return { tables: [table], findings, left, rounds };
}

const CHAIN = 'the chain in memory';

/** The compiled chain, to see what reading and reporting add. */
async function chainOf({ columns, chainEvents }: Task): Promise<Program> {
  const folder = await columns();
  const { command } = prepared([peerNamed('replay', 'compiled')], folder).runners[0]!;
  return { name: CHAIN, command: [...command, folder, String(chainEvents), '3'] };
}

const rateOf = (run: Run | PeerLine): number =>
  run.events / ('wallSeconds' in run ? run.wallSeconds : median(run.seconds));

/** What a ratio is called among the findings. */
function keyOf(sample: string, program: string): string | undefined {
  if (program === CHAIN) return 'replay/chain';
  if (program.endsWith('workers')) return 'workers';
  if (program.startsWith('pyarrow')) return sample === 'Parquet' ? 'replay/pyarrow' : undefined;
  return program === 'pylhe' && sample === 'LHE.gz' ? 'replay/pylhe' : undefined;
}
