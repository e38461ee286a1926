/**
 * `npm run bench:live`: the worker of a live stream beside consumers of kafkajs, on a broker of its own. Prints events by
 * the processor's second and by the clock's, the pause that a checkpoint makes, and the time from the end of a window to
 * its report.
 *
 * Options: --events N (Arrow), --avro N, --turns N, --latency SECONDS (0: not), --load EVENTS/S (default: half of what the
 * worker takes), --memory N (only this: the resident set over N events), --broker HOST:PORT (a running one), --json
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageFolder } from '../../cli/version.js';
import { startBroker } from '../../docker/kafka/broker.js';
import { child } from './children.js';
import { engine, type Engine } from './engine.js';
import { countEvents, countMessages } from './kafkajs_peer.js';
import { latency } from './latency.js';
import { logAndDecoder } from './log_and_decoder.js';
import { makeLog } from './make_log.js';
import { memory, type Memory } from './memory.js';
import type { Source } from './run.js';
import { quantile } from './statistics.js';
import { throughput, type Log, type Row } from './throughput.js';
import { sendTimed, type Timed } from './timed_events.js';
import { worker } from './worker.js';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '4000000' },
    avro: { type: 'string', default: '400000' },
    turns: { type: 'string', default: '3' },
    latency: { type: 'string', default: '60' },
    load: { type: 'string' },
    memory: { type: 'string' },
    broker: { type: 'string' },
    json: { type: 'boolean', default: false },
    task: { type: 'string' },
    with: { type: 'string', default: '{}' },
  },
});

type Task = (options: never) => Promise<object>;

/** What this program does as a process of its own. */
const tasks: Readonly<Record<string, Task>> = {
  count: countMessages,
  decode: countEvents,
  log: logAndDecoder,
  engine: (source: Source) => engine(source, { checkpointMs: 5000 }),
  pauses: (source: Source) => engine(source, { checkpointMs: 1000 }),
  worker: (source: Source) => worker(source, source.models!),
  memory: ({ every, ...source }: Source & { every: number }) => memory(source, every),
  send: (options: Timed) => sendTimed(options),
};

if (values.task === undefined) await bench();
else {
  const result = await tasks[values.task]!(JSON.parse(values.with) as never);
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit());
}

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'regimewatch-bench-live-'));
  const own = values.broker === undefined ? await startBroker({ heapMb: 512 }) : null;
  const broker = values.broker ?? own!.bootstrap;
  try {
    const pipeline = join(packageFolder(), 'pipelines', 'dilepton.yaml');
    const run = randomBytes(3).toString('hex');
    const make = (log: Log) => makeLog({ broker, pipeline, folder, run }, log);
    if (values.memory === undefined) show(await measure(make, { broker, pipeline, folder }));
    else {
      const { source } = await make({ name: 'memory', encoding: 'arrow', compression: 'none', events: 1_000_000 });
      const models = `bench-${run}-memory`;
      await child('worker', { ...source, models });
      const events = Number(values.memory);
      const every = Math.min(5e6, events / 10);
      show({ memory: await child<Memory>('memory', { ...source, models, events, every }) });
    }
  } finally {
    await own?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Found {
  readonly throughput?: readonly Row[];
  readonly [name: string]: unknown;
}

async function measure(
  make: (log: Log) => Promise<{ source: Source; sample: string }>,
  at: { readonly broker: string; readonly pipeline: string; readonly folder: string },
): Promise<Found> {
  const logs: Log[] = [
    { name: 'arrow', encoding: 'arrow', compression: 'none', events: Number(values.events) },
    { name: 'arrow-lz4', encoding: 'arrow', compression: 'lz4', events: Number(values.events) },
    { name: 'avro', encoding: 'avro', compression: 'none', events: Number(values.avro) },
    { name: 'avro-lz4', encoding: 'avro', compression: 'lz4', events: Number(values.avro) },
  ];
  const rows: Row[] = [];
  let found: Found = {};
  for (const log of logs) {
    if (log.events === 0) continue;
    const { source, sample } = await make(log);
    const { rows: made, models } = await throughput(log.name, source, Number(values.turns));
    rows.push(...made);
    if (log.name !== 'arrow') continue;
    found = { checkpoints: pausesOf(await child<Engine>('pauses', { ...source, models })) };
    const seconds = Number(values.latency);
    const load = Number(
      values.load ?? made.find(({ program }) => program === 'live, once it has its models')!['events / s'] / 2,
    );
    if (seconds > 0) {
      const timed = { ...at, sample, eventsPerSecond: Math.round(load), seconds, set: ['weight=none'] };
      found = { ...found, latency: await latency(timed) };
    }
  }
  return { throughput: rows, ...found };
}

function pausesOf({ pauses, blocked }: Engine): object {
  const ms = (x: readonly number[]) => {
    const [p50, p99, most] = [0.5, 0.99, 1].map((p) => Math.round(10 * quantile(x, p)) / 10);
    return { checkpoints: x.length, 'p50 ms': p50, 'p99 ms': p99, 'most ms': most };
  };
  return { 'loop waits for the save': ms(pauses), 'process stands still': ms(blocked) };
}

function show(found: Found): void {
  if (values.json) {
    process.stdout.write(`${JSON.stringify(found)}\n`);
    return;
  }
  for (const [name, what] of Object.entries(found)) {
    process.stdout.write(`${name}\n`);
    console.table(what);
  }
}
