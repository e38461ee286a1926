import type { OutRecord } from '../../sinks/kafka/record_batch.js';
import type { RecordWriter } from '../../sinks/kafka/writer.js';
import type { KafkaLog, LogRecord } from '../../sources/kafka/types.js';
import { Fenced } from '../../runtime/live/fenced.js';
import type { Checkpoint, CheckpointStore } from '../../runtime/live/types.js';

/** Logs in memory, to interleave workers in ways that no broker can be made to. */
export interface FakeKafka {
  readonly log: KafkaLog;
  readonly writer: RecordWriter;
  readonly checkpoints: CheckpointStore;
  readonly records: (topic: string, partition?: number) => LogRecord[];
}

/** `most`: records that a fetch gives of a partition, asked for each time. */
export function fakeKafka(sizes: Readonly<Record<string, number>>, most: () => number): FakeKafka {
  const topics = new Map<string, LogRecord[][]>();
  const partitionsOf = (topic: string): LogRecord[][] => {
    let made = topics.get(topic);
    if (made === undefined) {
      made = Array.from({ length: sizes[topic] ?? 1 }, () => []);
      topics.set(topic, made);
    }
    return made;
  };
  const stored = new Map<string, { epoch: number; checkpoint: Checkpoint | null }>();
  const placeOf = (topic: string, partition: number): string => `${topic}/${partition}`;
  return {
    records: (topic, partition = 0) => partitionsOf(topic)[partition]!,
    log: {
      fetch: (positions) =>
        Promise.resolve(
          positions.map(({ topic, partition, offset }) => {
            const all = partitionsOf(topic)[partition]!;
            const records = all.slice(offset, offset + most());
            return { topic, partition, records, next: offset + records.length, start: 0, end: all.length };
          }),
        ),
      partitions: (topic) => Promise.resolve(partitionsOf(topic).length),
      bounds: (topic) => Promise.resolve(partitionsOf(topic).map(({ length }) => ({ start: 0, end: length }))),
      close: () => Promise.resolve(),
    },
    writer: {
      write: (records: readonly OutRecord[]) => {
        for (const { topic, partition, key, value, headers } of records) {
          const into = partitionsOf(topic)[partition]!;
          into.push({
            offset: into.length,
            key,
            value: value === null ? null : Buffer.from(value),
            headers: new Map(Object.entries(headers ?? {})),
          });
        }
        return Promise.resolve();
      },
      flush: () => Promise.resolve(),
      close: () => Promise.resolve(),
    },
    checkpoints: {
      claim: (topic, partition) => {
        const before = stored.get(placeOf(topic, partition));
        const now = { epoch: (before?.epoch ?? 0) + 1, checkpoint: before?.checkpoint ?? null };
        stored.set(placeOf(topic, partition), now);
        return Promise.resolve(structuredClone(now));
      },
      save: (checkpoint) => {
        const place = placeOf(checkpoint.topic, checkpoint.partition);
        const { epoch } = stored.get(place)!;
        if (checkpoint.epoch < epoch) throw new Fenced(checkpoint.topic, checkpoint.partition, checkpoint.epoch, epoch);
        stored.set(place, { epoch, checkpoint: structuredClone(checkpoint) });
        return Promise.resolve();
      },
      list: () => Promise.resolve([]),
      close: () => Promise.resolve(),
    },
  };
}
