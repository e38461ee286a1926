import { deadLetters } from '../../sinks/kafka/dead_letters.js';
import type { KafkaLog, LogRecord } from '../../sources/kafka/types.js';
import type { BadMessage } from '../../sources/wire/types.js';
import { demandLease, type LiveIo, type LiveTopics } from './live_options.js';
import type { Owned } from './owned.js';

/** Offset after the last message of each topic that is among the dead letters of a partition. */
export type Buried = Map<string, number>;

/** Dead letters that are looked at for the last of each topic. */
const LOOK_BACK = 200;

/**
 * What was buried already: a worker that died after it wrote a dead letter and before its checkpoint has left it, and it
 * is not to be written again.
 */
export async function lastBuried(
  log: KafkaLog,
  { deadLetters: topic }: LiveTopics,
  partition: number,
): Promise<Buried> {
  const found: Buried = new Map();
  const { start, end } = (await log.bounds(topic))[partition]!;
  let offset = Math.max(start, end - LOOK_BACK);
  while (offset < end) {
    const [batch] = await log.fetch([{ topic, partition, offset }], { maxBytes: 2 ** 22, waitMs: 100 });
    if (batch === undefined) continue;
    for (const { headers } of batch.records)
      raise(found, headers.get('topic') ?? '', Number(headers.get('offset')) + 1);
    offset = batch.next;
  }
  return found;
}

function raise(buried: Buried, topic: string, offset: number): void {
  buried.set(topic, Math.max(buried.get(topic) ?? 0, offset));
}

/** Messages that cannot be read go to the dead letters, once, before the position moves past them. */
export async function bury(
  io: LiveIo,
  { deadLetters: into }: LiveTopics,
  owned: Owned,
  topic: string,
  bad: readonly BadMessage[],
  records: readonly LogRecord[],
): Promise<void> {
  const partition = owned.partition.id;
  const left = bad.filter(({ offset }) => offset >= (owned.buried.get(topic) ?? 0));
  if (left.length > 0) {
    const known = new Map(records.map((record) => [record.offset, record]));
    demandLease(io);
    await deadLetters(
      io.writer,
      into,
      Infinity,
    )(
      left.map(({ offset, reason }) => {
        const { key = null, value = null } = known.get(offset) ?? {};
        return { topic, partition, offset, reason, key, value };
      }),
    );
  }
  owned.bad += bad.length;
  raise(owned.buried, topic, bad.at(-1)!.offset + 1);
}
