import { Problem } from '../../operators/problem.js';
import type { KafkaLog, LogPosition, LogRecord } from '../../sources/kafka/types.js';

/** Of one answer. */
const MAX_BYTES = 16 * 2 ** 20;
/** Empty answers below the end of a log before it counts as stuck, and how long the broker waits for each. */
const IDLE = 300;
const WAIT_MS = 100;

/**
 * Reads a partition to the end that it has when the last answer comes, and gives the offset there. Nothing that compaction
 * takes away meanwhile is missed: what replaced it was written before, so it is read too.
 */
export async function readOn(log: KafkaLog, from: LogPosition, onRecord: (record: LogRecord) => void): Promise<number> {
  const { topic, partition } = from;
  let { offset } = from;
  for (let idle = 0; idle < IDLE;) {
    const [batch] = await log.fetch([{ topic, partition, offset }], { maxBytes: MAX_BYTES, waitMs: idle && WAIT_MS });
    for (const record of batch?.records ?? []) onRecord(record);
    const next = batch?.next ?? offset;
    if (batch !== undefined && next >= batch.end) return next;
    idle = next > offset ? 0 : idle + 1;
    offset = next;
  }
  throw new Problem(1, `topic ${topic}/${partition}: nothing comes after offset ${offset}; look at the broker's log`);
}
