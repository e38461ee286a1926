/**
 * `node chain_cost.js FOLDER EVENTS ROUNDS RUNS`: the compiled chain over columns in memory, for each of RUNS (a JSON list
 * of `{ shape, events }`), the runs in turns; each once before. Prints the seconds of each run in each round as JSON.
 */
import { readColumns } from '../chain/columns.js';
import { runChain } from './run_chain.js';
import type { Shape } from './shape.js';

const [folder, stored, rounds, list] = process.argv.slice(2) as [string, string, string, string];
const runs = JSON.parse(list) as { readonly shape: Shape; readonly events: number }[];
const columns = readColumns(folder, Number(stored));
const timed = ({ shape, events }: (typeof runs)[number]): number => {
  const start = performance.now();
  runChain(shape, columns, events);
  return (performance.now() - start) / 1000;
};
for (const run of runs) timed({ ...run, events: Math.min(run.events, Number(stored)) });
const seconds = Array.from({ length: Number(rounds) }, () => runs.map(timed));
process.stdout.write(`${JSON.stringify(runs.map((_, i) => seconds.map((round) => round[i]!)))}\n`);
