import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { tableFromIPC, type Data } from 'apache-arrow';
import type { NumberColumn } from '../../operators/batch.js';
import { openWriter } from '../../sinks/kafka/writer.js';
import { arrowEncoder } from '../../sources/wire/arrow/encoder.js';
import type { WireField } from '../../sources/wire/types.js';
import { connectionOf } from './connection.js';

export interface Timed {
  readonly broker: string;
  readonly topic: string;
  readonly partitions: number;
  /** Arrow file with the pipeline's columns. */
  readonly sample: string;
  readonly eventsPerSecond: number;
  readonly seconds: number;
}

const TICK_MS = 50;

/**
 * Sends events at a steady rate, one message a partition every 50 ms; their column t is the time in seconds at which they
 * are sent, and their number rises.
 */
export async function sendTimed({
  broker,
  topic,
  partitions,
  sample,
  eventsPerSecond,
  seconds,
}: Timed): Promise<object> {
  const [batch] = tableFromIPC(await readFile(sample)).batches;
  const names = batch!.schema.fields.map(({ name }) => name).filter((name) => name !== 'event');
  const given = names.map(
    (name) => batch!.data.children[batch!.schema.fields.findIndex((f) => f.name === name)] as Data,
  );
  const fields = [
    ...names.map((name): WireField => ({ name, type: name === 'flavour' ? 'int' : 'float' })),
    ...['event', 't'].map((name): WireField => ({ name, type: 'double' })),
  ];
  const encode = arrowEncoder(fields);
  const writer = openWriter(connectionOf(broker), { onRetry: () => undefined });
  const n = Math.min(batch!.numRows, Math.max(1, Math.round((eventsPerSecond * TICK_MS) / 1000 / partitions)));
  const source = (from: number): NumberColumn[] =>
    given.map(({ values }) => (values as NumberColumn).subarray(from, from + n));
  const event = new Float64Array(n);
  const t = new Float64Array(n);
  const start = performance.now();
  let sent = 0;
  for (let tick = 0; tick * TICK_MS < 1000 * seconds; tick++) {
    await pause(Math.max(0, start + tick * TICK_MS - performance.now()));
    for (let partition = 0; partition < partitions; partition++) {
      // Other rows each time: of a few only, nothing can be learned.
      const from = sent % (batch!.numRows - n + 1);
      t.fill(Date.now() / 1000);
      for (let i = 0; i < n; i++) event[i] = sent++;
      const value = encode([...source(from), event, t], { from: 0, to: n });
      await writer.write([{ topic, partition, key: null, value }]);
    }
  }
  await writer.close();
  return { sent, seconds: (performance.now() - start) / 1000 };
}
