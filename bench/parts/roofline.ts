import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { readColumns } from '../chain/columns.js';
import { prepared } from '../chain/field.js';
import { peerNamed } from '../chain/peers.js';
import type { PeerLine } from '../chain/result.js';
import { BYTES } from '../chain/table.js';
import { ENVIRONMENT, runProgram, runTogether, type Program } from '../child_run.js';
import { median } from '../live/statistics.js';
import { digits } from '../spread.js';
import type { Outcome, Task } from './outcome.js';

/**
 * Memory bandwidth of one core beside what the chain takes of it, instructions an event where the processor tells, and how
 * much more two processes do than one: no worker can gain more than that.
 */
export async function rooflinePart(task: Task): Promise<Outcome> {
  const folder = await task.columns();
  const { chainEvents: events } = task;
  const repetitions = task.quick ? 1 : 3;
  const [chain, cpp] = ['compiled', 'cpp_loop_f32'].map(
    (name) => prepared([peerNamed('roofline', name)], folder).runners[0],
  );
  task.onRun('memory');
  const read = (command: readonly string[]): PeerLine =>
    runProgram({ name: 'roofline', command: [...command, folder, String(events), String(repetitions)] });
  const bandwidth = cpp ? read(cpp.command).gigabytesPerSecond! : streamed(readColumns(folder, events));
  const alone = { name: 'roofline', command: [...chain!.command, folder, String(events), String(10 * repetitions)] };
  const [rate, together] = [
    await rateOf([alone], events),
    cpus().length > 1 ? await rateOf([alone, alone], events) : null,
  ];
  const counted = instructions(chain!.command, folder, Math.min(events, 2 ** 18));
  const rows = [
    [`memory read by one core (${cpp ? 'C++' : 'JavaScript'}) [GB/s]`, digits(bandwidth)],
    ['columns of an event [bytes]', String(BYTES)],
    ['events/s at most, by the memory', digits((bandwidth * 1e9) / BYTES)],
    ['events/s of the chain', digits(rate)],
    ['share of the memory’s rate that the chain takes [%]', digits((100 * rate * BYTES) / (bandwidth * 1e9))],
    ...(counted === null ? [] : [['instructions an event', digits(counted)]]),
    ...(together === null ? [] : [['two processes of the chain at once, together [× one]', digits(together / rate)]]),
  ];
  return {
    tables: [{ title: 'Roofline', head: ['quantity', 'value'], words: 1, rows, notes: [] }],
    findings: {},
    left: counted === null ? ['instructions an event: perf is missing, or this processor does not count here'] : [],
    rounds: { bandwidth, rate, together, instructions: counted },
  };
}

/** Events a second of all the programs, which run at the same time. */
async function rateOf(programs: readonly Program[], events: number): Promise<number> {
  const lines = await runTogether<PeerLine>(programs);
  return lines.reduce((sum, { seconds }) => sum + events / median(seconds), 0);
}

/** All columns are read and summed, as in the reading part of STREAM (J. McCalpin, 1995); the best of three, in GB/s. */
function streamed(columns: readonly Float32Array[]): number {
  const seconds = [1, 2, 3].map(() => {
    const start = performance.now();
    // Four sums, so that one addition does not wait for the one before.
    for (const x of columns) {
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let i = 0; i + 3 < x.length; i += 4) {
        a += x[i]!;
        b += x[i + 1]!;
        c += x[i + 2]!;
        d += x[i + 3]!;
      }
      if (Number.isNaN(a + b + c + d)) return Infinity;
    }
    return (performance.now() - start) / 1000;
  });
  return ((columns[0]?.length ?? 0) * BYTES) / Math.min(...seconds) / 1e9;
}

/** Instructions of one event more, from two runs of different length; null where they are not counted. */
function instructions(command: readonly string[], folder: string, events: number): number | null {
  const [few, many] = [2, 12].map((repetitions) => {
    const args = ['stat', '-x', ',', '-e', 'instructions:u', ...command, folder, String(events), String(repetitions)];
    const { stderr, status } = spawnSync('perf', args, {
      encoding: 'utf8',
      env: { ...process.env, ...ENVIRONMENT },
      maxBuffer: 2 ** 26,
    });
    return status === 0 ? Number(/^(\d+),.*instructions/m.exec(stderr)?.[1] ?? NaN) : NaN;
  });
  const each = (many! - few!) / (10 * events);
  return Number.isFinite(each) ? each : null;
}
