/**
 * `npm run bench:chain`: the chain of formulas, regimes and summaries in memory on one core, by this program and by its
 * peers, on the same columns. Each run is a process of its own, in turns with the baseline (A B A B …); prints events/s,
 * the median of the paired ratios with the lowest and highest, and how many events rounding put into another bin.
 * A peer that is not installed is skipped in one line; a peer whose numbers are wrong beyond rounding fails the run.
 *
 * Options: --events N, --rounds N, --repetitions N (in each run), --peers NAME,…, --baseline NAME,
 * --seconds clock|processor, --format json. The C++ compiler is $CXX, or g++.
 */
import { cpus } from 'node:os';
import { progressLine } from '../../cli/progress.js';
import { Problem } from '../../operators/problem.js';
import { writeColumns } from './columns.js';
import { prepared, references } from './field.js';
import { measure } from './measure.js';
import { settings } from './settings.js';
import { chainTable, roofline } from './table.js';
import { writeWorkload } from './write_workload.js';
import { inFolder } from '../in_folder.js';

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const terminal = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
};

async function bench(folder: string): Promise<void> {
  const { peers, baseline, json, ...asked } = settings();
  writeWorkload(folder);
  const { runners, skipped } = prepared(peers, folder);
  for (const { peer, reason } of skipped) say(`${peer}: skipped, ${reason}`);
  const first = runners.find(({ name }) => name === baseline.name) ?? prepared([baseline], folder).runners[0];
  if (first === undefined) throw new Problem(1, `--baseline ${baseline.name}: cannot run here, choose another`);
  const line = progressLine(asked.events);
  await writeColumns(folder, asked.events, (more) => {
    line.add(more, more);
  });
  line.clear();
  const reference = references(folder);
  const rows = runners.map((peer) =>
    measure(peer, first, { ...asked, folder }, reference, (name, round) => {
      terminal(`${name}: round ${round + 1} of ${asked.rounds}`);
    }),
  );
  terminal('');
  if (json) {
    const machine = { node: process.version, processor: cpus()[0]?.model ?? null };
    process.stdout.write(
      `${JSON.stringify({ ...asked, baseline: baseline.name, ...machine, rows, skipped }, null, 2)}\n`,
    );
  } else {
    const under = roofline(rows);
    process.stdout.write(`${chainTable(rows)}\n${under === null ? '' : `${under}\n`}`);
  }
  for (const { peer, wrong } of rows) if (wrong !== null) throw new Problem(1, `peer ${peer}: ${wrong}`);
}

await inFolder('regimewatch-bench-chain-', bench);
