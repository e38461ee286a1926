/**
 * `node js_peer.js NAME FOLDER EVENTS REPETITIONS`: a peer that is JavaScript, as a process of its own. Prints one line
 * of JSON (`PeerLine`).
 */
import { readFileSync } from 'node:fs';
import { readColumns } from './columns.js';
import type { Filled } from './result.js';

type Chain = () => Filled | Promise<Filled>;
type Columns = readonly Float32Array[];

const chains: Readonly<Record<string, (columns: Columns, events: number) => Promise<Chain>>> = {
  plain_loop: async (columns, events) => {
    const { plainLoop } = await import('./plain_loop.js');
    return () => plainLoop(columns, events);
  },
  plain: async (columns, events) => {
    const run = (await import('./evaluated.js')).evaluated('plain');
    return () => run(columns, events);
  },
  compiled: async (columns, events) => {
    const run = (await import('./evaluated.js')).evaluated('compiled');
    return () => run(columns, events);
  },
  compiled_f32: async (columns, events) => {
    const run = (await import('./evaluated.js')).evaluated('compiled', 'f32');
    return () => run(columns, events);
  },
  duckdb: async (columns, events) => (await import('./duckdb_chain.js')).duckdbChain(columns, events),
};

const [name, folder, events, repetitions] = process.argv.slice(2) as [string, string, string, string];
const chain = await chains[name]!(readColumns(folder, Number(events)), Number(events));
let filled = await chain();
const seconds: number[] = [];
const processorSeconds: number[] = [];
for (let r = 0; r < Number(repetitions); r++) {
  const start = performance.now();
  const before = process.cpuUsage();
  filled = await chain();
  seconds.push((performance.now() - start) / 1000);
  const { user, system } = process.cpuUsage(before);
  processorSeconds.push((user + system) / 1e6);
}
const plain = (tables: object) =>
  Object.fromEntries(Object.entries(tables).map(([table, x]) => [table, Array.from(x as ArrayLike<number>)]));
const line = {
  ...{ events: Number(events), seconds, processorSeconds, megabytes: peakMegabytes() },
  ...{ counts: plain(filled.counts), sums: plain(filled.sums) },
};
process.stdout.write(`${JSON.stringify(line)}\n`);

/** Of this program alone: the resource usage of a child counts the memory that its parent had when it forked. */
function peakMegabytes(): number | null {
  try {
    return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) / 1024;
  } catch {
    return null;
  }
}
