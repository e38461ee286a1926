import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE, runProgram } from '../child_run.js';
import type { Outcome, Task } from '../parts/outcome.js';
import { makeSample } from '../parts/sample.js';
import type { Hot } from './hottest.js';

const PASSES = 8;

/** The ten hottest functions of the chain in memory and of a replay from Arrow. */
export async function profilePart(task: Task): Promise<Outcome> {
  const folder = await task.columns();
  const program = fileURLToPath(new URL('profiled.js', import.meta.url));
  const profiled = (what: string, ...args: string[]): Hot[] => {
    task.onRun(`profile of the ${what}`);
    return runProgram({ name: `profile of the ${what}`, command: [...NODE, program, what, ...args] });
  };
  const chain = profiled('chain', folder, String(task.chainEvents), String(PASSES));
  const sample = join(task.folder, 'profiled.arrow');
  await makeSample(task, sample, task.events);
  const replay = profiled('replay', task.pipeline, sample);
  rmSync(sample);
  const table = (title: string, hot: readonly Hot[], note: string) => ({
    ...{ title, head: ['function', 'share [%]'], words: 1 },
    rows: hot.map(({ name, share }) => [`\`${name}\``, (100 * share).toFixed(1)]),
    notes: [note],
  });
  return {
    tables: [
      table(
        'Where the chain’s time goes',
        chain,
        `Self time by node:inspector, ${(PASSES * task.chainEvents).toLocaleString('en')} events.`,
      ),
      table(
        'Where a replay’s time goes',
        replay,
        `Self time on the main thread, ${task.events.toLocaleString('en')} events from Arrow, one worker, report included.`,
      ),
    ],
    ...{ findings: {}, left: [], rounds: { chain, replay } },
  };
}
