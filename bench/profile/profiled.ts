/**
 * `node profiled.js chain FOLDER EVENTS PASSES` or `node profiled.js replay PIPELINE SAMPLE`: runs it under the profiler of
 * node:inspector. Prints the ten hottest functions as a line of JSON.
 */
import { Session } from 'node:inspector/promises';
import { readColumns } from '../chain/columns.js';
import { replayOnce } from '../replay_once.js';
import { runChain } from '../scaling/run_chain.js';
import { WORKLOAD_SHAPE } from '../scaling/shape.js';
import { hottest } from './hottest.js';

const FUNCTIONS = 10;
const INTERVAL_US = 500;

const [what, first, second, passes] = process.argv.slice(2) as [string, string, string, string];

async function prepared(): Promise<() => unknown> {
  if (what === 'replay') return () => replayOnce(first, second, 1);
  const columns = readColumns(first, Number(second));
  return Promise.resolve(() => runChain(WORKLOAD_SHAPE, columns, Number(second) * Number(passes)));
}

const run = await prepared();
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
await session.post('Profiler.start');
await run();
const { profile } = await session.post('Profiler.stop');
session.disconnect();
process.stdout.write(`${JSON.stringify(hottest(profile, FUNCTIONS))}\n`);
