import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageFolder } from '../../cli/version.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { ensureTopic } from '../../sources/kafka/topics.js';
import { child } from './children.js';
import { connectionOf } from './connection.js';
import { quantile } from './statistics.js';

export interface Latency {
  readonly eventsPerSecond: number;
  readonly sentPerSecond: number;
  readonly windows: number;
  /** Seconds from the end of a window's event time to its report on the standard output. */
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

interface Options {
  readonly broker: string;
  readonly pipeline: string;
  readonly sample: string;
  readonly folder: string;
  readonly eventsPerSecond: number;
  readonly seconds: number;
  readonly set: readonly string[];
}

/** Windows that pass while the worker learns its models and catches up. */
const WARM = 20;
const PARTITIONS = 4;

/** Time from the end of a window to its report: windows of 1 s of event time, closed by watermark over 4 partitions. */
export async function latency(options: Options): Promise<Latency> {
  const { broker, sample, eventsPerSecond, seconds, set } = options;
  const topic = `bench-latency-${process.pid}`;
  const noRetry = { onRetry: () => undefined };
  await ensureTopic(connectionOf(broker), { topic, partitions: PARTITIONS }, noRetry);
  const pipeline = join(options.folder, 'timed.yaml');
  const text = readFileSync(options.pipeline, 'utf8');
  writeFileSync(pipeline, text.replace('  event: {}\n', '  event: {}\n  t: { unit: s }\n'));
  const program = join(packageFolder(), 'bin', 'regimewatch.js');
  const worker = spawn(
    process.execPath,
    [
      ...[program, 'live', pipeline, '--brokers', broker, '--topic', topic, '--group', topic, '--format', 'json'],
      ...['--set', 'window={ time: t, seconds: 1 }', ...set.flatMap((each) => ['--set', each])],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const seen: { window: number; late: number }[] = [];
  createInterface({ input: worker.stdout }).on('line', (line) => {
    const { window } = JSON.parse(line) as WindowReport;
    seen.push({ window, late: Date.now() / 1000 - (window + 1) });
  });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  const first = Math.floor(Date.now() / 1000);
  const timed = { broker, topic, partitions: PARTITIONS, sample, eventsPerSecond, seconds: seconds + WARM };
  const sending = await child<{ sent: number; seconds: number }>('send', timed);
  worker.kill('SIGTERM');
  await ended;
  const late = seen.filter(({ window }) => window >= first + WARM).map((each) => each.late);
  const ms = (p: number): number => Math.round(1000 * quantile(late, p)) / 1000;
  const sentPerSecond = Math.round(sending.sent / sending.seconds);
  return { eventsPerSecond, sentPerSecond, windows: late.length, p50: ms(0.5), p99: ms(0.99), most: ms(1) };
}
