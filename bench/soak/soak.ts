/**
 * `npm run soak`: whether a live group on a real broker is exact. Workers, the producer and the broker are killed, stopped,
 * restarted, join and leave while events are produced; then one worker reads the same logs in peace. Ends with 1 if
 * anything differs, and keeps the folder of logs then.
 *
 * Options: --events N, --kills N (of workers), --seed N, --workers N, --partitions N, --online
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBroker } from '../../docker/kafka/broker.js';
import { killAll } from './child.js';
import { differences } from './differences.js';
import type { Scene, SoakOptions } from './options.js';
import { runSoak } from './run_soak.js';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    kills: { type: 'string', default: '25' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '3' },
    partitions: { type: 'string', default: '8' },
    online: { type: 'boolean', default: false },
  },
});
const kills = Number(values.kills);
const some = (share: number): number => Math.max(1, Math.round(kills * share));
const options: SoakOptions = {
  ...{ events: Number(values.events), seed: Number(values.seed), workers: Number(values.workers) },
  ...{ partitions: Number(values.partitions), windowEvents: 4000, online: values.online, sessionS: 6 },
  gapMs: [1500, 7000],
  fates: {
    'kill worker': kills,
    'stop worker': some(0.24),
    join: some(0.16),
    leave: some(0.2),
    'kill producer': some(0.12),
    'restart broker': some(0.08),
    'kill broker': some(0.08),
  },
};

const folder = mkdtempSync(join(tmpdir(), 'regimewatch-soak-'));
const broker = await startBroker({ folder: join(folder, 'broker') });
const print = (line: string): void => void process.stdout.write(`${line}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    killAll();
    void broker.stop().finally(() => process.exit(130));
  });
const scene: Scene = {
  ...{ options, broker, folder, print, topic: 'soak', group: 'soak', faults: [], slow: [] },
  connection: { brokers: [broker.bootstrap], clientId: 'soak', tls: null, sasl: null },
};
let wrong = true;
try {
  const result = await runSoak(scene);
  const different = differences(result, options.events);
  const found = [...different, ...scene.faults, ...scene.slow];
  const { stormy, alone, spoiled, late, claims, generations, seconds } = result;
  const rows: Record<string, string | number> = {
    ...options.fates,
    'kill worker on the way to the end': 1,
    'generations of the group': generations,
    'partitions taken up': claims,
    'checkpoints behind a higher claim': late.length,
    'of these in effect': late.filter(({ inEffect }) => inEffect).length,
    'poison and twice': `${spoiled.poison} and ${spoiled.twice}`,
    'deltas, and said again': `${stormy.deltas}, ${stormy.repeated}`,
    'events read, used, late, duplicate': (['read', 'used', 'late', 'duplicate'] as const)
      .map((kind) => stormy.summary.events[kind])
      .join(', '),
    'windows, dead letters': `${alone.reports.size}, ${alone.letters.length}`,
    seconds: Math.round(seconds),
    'as without the storm': different.length === 0 ? 'yes' : 'NO',
    'ended by itself, slow to leave': `${scene.faults.length}, ${scene.slow.length}`,
  };
  for (const [name, value] of Object.entries(rows)) print(`${name.padEnd(36)} ${value}`);
  for (const line of found) print(line.slice(0, 1000));
  wrong = found.length > 0;
} finally {
  killAll();
  await broker.stop();
  if (wrong) print(`logs are in ${folder}`);
  else rmSync(folder, { recursive: true });
}
process.exitCode = wrong ? 1 : 0;
