import { randomBytes } from 'node:crypto';
import { startBroker } from '../../docker/kafka/broker.js';
import { haveJars } from '../../docker/kafka/jars.js';
import { javaMissing } from '../../docker/kafka/java.js';
import { makeLog } from '../live/make_log.js';
import { throughput, type Log } from '../live/throughput.js';
import { digits } from '../spread.js';
import type { Outcome, Task } from './outcome.js';

/** Live streams of a broker of its own, Arrow and Avro, beside consumers of kafkajs (bench/live). */
export async function kafkaPart(task: Task): Promise<Outcome> {
  const why = javaMissing() ?? (haveJars() ? undefined : 'docker/kafka/lib: missing; run npm run kafka once');
  const nothing = { tables: [], findings: {}, rounds: null };
  if (why !== undefined) return { ...nothing, left: [`Kafka, Arrow and Avro: ${why}`] };
  const { pipeline, folder, onRun, rounds, textEvents } = task;
  onRun('starting a broker');
  const broker = await startBroker({ heapMb: 512 });
  try {
    const logs: Log[] = [
      { name: 'arrow', encoding: 'arrow', compression: 'none', events: task.events },
      { name: 'avro', encoding: 'avro', compression: 'none', events: textEvents },
    ];
    const at = { broker: broker.bootstrap, pipeline, folder, run: randomBytes(3).toString('hex') };
    const rows = [];
    for (const log of logs) {
      onRun(`Kafka, ${log.name}`);
      const { source } = await makeLog(at, log);
      const { rows: found } = await throughput(log.name, source, rounds);
      rows.push(...found.map((row) => ({ ...row, events: log.events })));
    }
    const table = {
      title: 'Live from Kafka',
      head: ['log', 'program', 'events', 'events/s', 'events/CPU s', 'ratio to kafkajs + decoder', 'peak MB'],
      words: 2,
      rows: rows.map((row) => [
        ...[row.log, row.program, row.events.toLocaleString('en')],
        // Where the log ended before the models were learned there is no steady part.
        ...[row['events / s'], row['events / CPU s'], row['ratio to kafkajs + decoder']].map((x) =>
          Number.isFinite(x) && x > 0 ? digits(x) : '',
        ),
        String(row['peak MB']),
      ]),
      notes: ['One partition, each program a process of its own, in turns; medians, ratios by processor time.'],
    };
    return { tables: [table], findings: {}, left: [], rounds: rows };
  } finally {
    await broker.stop();
  }
}
