import { openWriter } from '../../sinks/kafka/writer.js';
import { openLog } from '../../sources/kafka/log.js';
import { ensureTopic } from '../../sources/kafka/topics.js';
import type { KafkaConnection, KafkaLog, LogRecord } from '../../sources/kafka/types.js';

const onRetry = (): void => undefined;

/** All records of a partition, as many at a time as an answer holds. */
export async function* records(
  log: KafkaLog,
  topic: string,
  partition: number,
  from: number,
): AsyncGenerator<LogRecord[]> {
  for (let offset = from; ;) {
    const [batch] = await log.fetch([{ topic, partition, offset }], { maxBytes: 2 ** 22, waitMs: 200 });
    if (batch === undefined) continue;
    if (batch.records.length > 0) yield [...batch.records];
    offset = batch.next;
    if (offset >= batch.end) return;
  }
}

/**
 * Copies a topic, one partition after the other and the last first: each log is the same, their order among each other is
 * not. Gives the number of records that were left out.
 */
export async function copyTopic(
  connection: KafkaConnection,
  from: string,
  to: string,
  keep: (record: LogRecord) => boolean,
): Promise<number> {
  const log = openLog(connection, { onRetry });
  const writer = openWriter(connection, { onRetry });
  let left = 0;
  try {
    const bounds = await log.bounds(from);
    const config = { 'max.message.bytes': String(2 ** 24) };
    await ensureTopic(connection, { topic: to, partitions: bounds.length, config }, { onRetry });
    for (const partition of [...bounds.keys()].reverse()) {
      if (bounds[partition]!.end === bounds[partition]!.start) continue;
      for await (const some of records(log, from, partition, bounds[partition]!.start)) {
        const kept = some.filter(keep);
        left += some.length - kept.length;
        await writer.write(
          kept.map(({ key, value, headers }) => {
            return { topic: to, partition, key, value, headers: Object.fromEntries(headers) };
          }),
        );
      }
    }
    return left;
  } finally {
    await Promise.all([log.close(), writer.close()]);
  }
}

export async function everyRecord(connection: KafkaConnection, topic: string): Promise<LogRecord[]> {
  const log = openLog(connection, { onRetry });
  const found: LogRecord[] = [];
  try {
    for (const [partition, { start, end }] of (await log.bounds(topic)).entries())
      if (end > start) for await (const some of records(log, topic, partition, start)) found.push(...some);
    return found;
  } finally {
    await log.close();
  }
}
