/**
 * `npm run bench`: how fast the program is, beside the programs that are installed here. Prints what is to be reached with
 * what was measured, then each part (docs/performance.md says what they are): stages, chain, roofline, replay, kafka, start,
 * scaling, growth, profile. What cannot be measured here is named, a line each.
 *
 * Options: --events N, --text N (events of CSV, LHE and Avro), --rounds N, --only PART,…, --quick (less than a minute),
 * --format text|markdown|json (markdown: as docs/performance.md has it; json: with every round). The compiler is $CXX, or g++.
 */
import { join } from 'node:path';
import { packageFolder } from '../cli/version.js';
import { messageOf } from '../operators/problem.js';
import { writeColumns } from './chain/columns.js';
import { writeWorkload } from './chain/write_workload.js';
import { machine } from './machine.js';
import { PARTS, type Part } from './parts/index.js';
import type { Outcome, Task } from './parts/outcome.js';
import { rendered } from './rendered.js';
import { settings } from './settings.js';
import { inFolder } from './in_folder.js';

const terminal = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
};

async function bench(folder: string): Promise<void> {
  const { format, parts, ...asked } = settings();
  const chainEvents = Math.min(asked.events, 2 ** 21);
  let written: Promise<void> | undefined;
  const task: Task = {
    ...{ ...asked, folder, chainEvents },
    pipeline: join(packageFolder(), 'pipelines', 'dilepton.yaml'),
    onRun: terminal,
    columns: async () => {
      terminal('writing the columns of the chain');
      written ??= writeColumns(folder, chainEvents, () => undefined);
      await written;
      writeWorkload(folder);
      return folder;
    },
  };
  const found = new Map<Part, Outcome>();
  for (const part of parts) {
    try {
      found.set(part, await PARTS[part](task));
    } catch (thrown) {
      // The others have taken minutes: they are shown, and the run has failed.
      found.set(part, { tables: [], findings: {}, left: [`${part}: failed, ${messageOf(thrown)}`], rounds: null });
      process.exitCode = 1;
    }
  }
  terminal('');
  process.stdout.write(`${rendered(format, machine(), asked, found)}\n`);
}

await inFolder('regimewatch-bench-', bench);
