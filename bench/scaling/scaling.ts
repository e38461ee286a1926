import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { inTurns } from '../child_run.js';
import type { Run } from '../live/run.js';
import type { Outcome, Task } from '../parts/outcome.js';
import { replaying } from '../parts/programs.js';
import { makeSample } from '../parts/sample.js';
import { digits } from '../spread.js';
import { chainSeconds, eventFit } from './cost.js';
import { WORKLOAD_SHAPE } from './shape.js';

const FEWEST = 1e5;

/** Time against the number of events: of the chain in memory, and of replays from Arrow. */
export async function scalingPart(task: Task): Promise<Outcome> {
  const folder = await task.columns();
  const rounds = task.quick ? 1 : task.rounds;
  const chainCounts = decades(task.quick ? 1e6 : 1e8);
  task.onRun(`the chain over ${chainCounts.at(-1)!.toLocaleString('en')} events`);
  const runs = chainCounts.map((events) => ({ shape: WORKLOAD_SHAPE, events }));
  const chain = chainSeconds(folder, task.chainEvents, rounds, runs);
  const counts = decades(task.quick ? 3e5 : Math.max(1e7, task.events));
  const replays: Run[][] = [];
  for (const events of counts) {
    const file = join(task.folder, 'scaling.arrow');
    await makeSample(task, file, events);
    const program = replaying(task.pipeline);
    replays.push(inTurns([{ ...program, command: [...program.command, file] }], rounds, task.onRun)[0]!);
    rmSync(file);
  }
  const [chainTime, replayTime] = [chain, replays.map((each) => each.map(({ wallSeconds }) => wallSeconds))].map(
    (seconds) => seconds.map((each) => Math.min(...each)),
  ) as [number[], number[]];
  const row = (work: string, events: number, seconds: number, megabytes: string): string[] => [
    ...[work, events.toLocaleString('en'), digits(seconds), digits((1e9 * seconds) / events), megabytes],
  ];
  const table = {
    title: 'Time against the number of events',
    head: ['work', 'events', 's', 'ns an event', 'peak MB'],
    words: 1,
    rows: [
      ...chainCounts.map((events, i) => row('chain in memory', events, chainTime[i]!, '')),
      ...counts.map((events, i) => {
        const most = Math.max(...replays[i]!.map(({ megabytes }) => megabytes));
        return row('replay from Arrow', events, replayTime[i]!, String(Math.round(most)));
      }),
    ],
    notes: [
      `Chain: ${eventFit(chainCounts, chainTime)}. Its columns hold ${task.chainEvents.toLocaleString('en')} events and are read again from their beginning where they end; compiling is in the fixed cost. Of the rounds the shortest counts, here and in the next table: what else runs on a machine only adds.`,
      `Replay: ${eventFit(counts, replayTime)}. The analyses use at most \`local_model.max_events\` events: they grow up to that number and then stop, so that the exponent is below one.`,
    ],
  };
  return { tables: [table], findings: {}, left: [], rounds: { chain, replays } };
}

/** 10^5, 10^5.5, 10^6 … up to the most, rounded to 1 and 3. */
export function decades(most: number): number[] {
  const counts: number[] = [];
  for (let n = FEWEST; n <= most; n *= 10) counts.push(n, ...(3 * n <= most ? [3 * n] : []));
  return counts;
}
