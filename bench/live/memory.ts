import { setTimeout as pause } from 'node:timers/promises';
import { openLog } from '../../sources/kafka/log.js';
import { connectionOf } from './connection.js';
import { endlessLog } from './endless_log.js';
import { engine } from './engine.js';
import type { Run, Source } from './run.js';

export interface Memory extends Run {
  /** Resident set after so many events, MB. */
  readonly resident: readonly { readonly events: number; readonly megabytes: number }[];
}

/** The loop over `events` events of an Arrow log that has no end, checkpoints every second. */
export async function memory(source: Source, every: number): Promise<Memory> {
  const real = openLog(connectionOf(source.broker), { onRetry: () => undefined });
  const log = await endlessLog(real, source.topic, 'event');
  const resident: Memory['resident'][number][] = [];
  const run = await engine(source, {
    checkpointMs: 1000,
    log: () => log,
    onTurn: (events) => {
      if (events < every * (resident.length + 1)) return;
      resident.push({ events, megabytes: Math.round(process.memoryUsage.rss() / 2 ** 20) });
      if (process.stderr.isTTY) process.stderr.write(`${events} events, ${resident.at(-1)!.megabytes} MB\n`);
    },
  });
  await pause(0);
  await real.close();
  const { events, cpuSeconds, wallSeconds, megabytes } = run;
  return { events, cpuSeconds, wallSeconds, megabytes, resident };
}
