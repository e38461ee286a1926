import { createHash } from 'node:crypto';
import { wrongPipeline } from '../operators/problem.js';
import { readRange } from '../sources/kafka/log_range.js';
import type { KafkaLog, LogRecord } from '../sources/kafka/types.js';
import { LAST_HEADER, SAMPLE_HEADER } from './produce_messages.js';
import { partitionOf, type OutEvents, type ProduceStage } from './produce_stage.js';

/** How far a partition has come: `last` is the position of the last event of sample number `sample` in it. */
export interface Reached {
  readonly sample: number;
  readonly last: number;
  /** True if that run sent the same samples before this one: all of their events are there. */
  readonly afterOthers: boolean;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/**
 * What the header of a message says of its sample: its name, how its events are spread over the partitions, and which
 * samples the run sent before.
 */
export function sampleHeader(samples: readonly ProduceStage[], number: number, partitions: number): string {
  const { name, identity } = samples[number]!;
  const before = samples.slice(0, number).map((sample) => sample.name);
  return `${name}-${hash(`${identity} ${partitions}`)}-${hash(before.join())}`;
}

/**
 * Looks at the last message of each partition; null where it is of none of the samples. Messages that were spread in
 * another way cannot be told apart from those that are missing: a Problem (2).
 */
export async function readReached(
  log: KafkaLog,
  topic: string,
  samples: readonly ProduceStage[],
): Promise<(Reached | null)[]> {
  const bounds = await log.bounds(topic);
  const headers = samples.map((_, number) => sampleHeader(samples, number, bounds.length));
  return Promise.all(
    bounds.map(async ({ start, end }, partition) => {
      const record = await lastRecord(log, topic, partition, start, end);
      const header = record?.headers.get(SAMPLE_HEADER) ?? '';
      const last = Number(record?.headers.get(LAST_HEADER) ?? NaN);
      const sample = headers.findIndex((each) => beforePart(each) === beforePart(header));
      if (sample >= 0 && Number.isSafeInteger(last)) return { sample, last, afterOthers: headers[sample] === header };
      const other = samples.find(({ name }) => header.startsWith(`${name}-`));
      if (other === undefined) return null;
      throw wrongPipeline(
        `topic ${topic}: holds events of ${other.path} by another identity, or was given more partitions since; name another topic, or send all again with --again`,
      );
    }),
  );
}

const beforePart = (header: string): string => header.slice(0, header.lastIndexOf('-'));

/** The record before `end`; compaction and transactions leave offsets that have none. */
async function lastRecord(
  log: KafkaLog,
  topic: string,
  partition: number,
  start: number,
  end: number,
): Promise<LogRecord | undefined> {
  for (let back = 1; end > start; back *= 2) {
    const from = Math.max(start, end - back);
    let last: LogRecord | undefined;
    for await (const records of readRange(log, { topic, partition, from, to: end })) last = records.at(-1) ?? last;
    if (last !== undefined || from === start) return last;
  }
  return undefined;
}

/** The partition of each event, -1 for those that are there already, and how many are left. */
export function placesOf(
  { length, keyLo, keyHi, position }: OutEvents,
  partitions: number,
  sample: number,
  reached: readonly (Reached | null)[] | null,
): { partition: Int32Array; left: number } {
  const partition = new Int32Array(length);
  // Positions up to this one are in the partition.
  const last = Array.from({ length: partitions }, (_, p) => {
    const place = reached?.[p];
    if (!place || place.sample < sample) return -1;
    return place.sample === sample ? place.last : place.afterOthers ? Infinity : -1;
  });
  let left = 0;
  for (let i = 0; i < length; i++) {
    const p = partitionOf(keyLo[i]!, keyHi[i]!, partitions);
    const there = position[i]! <= last[p]!;
    partition[i] = there ? -1 : p;
    if (!there) left++;
  }
  return { partition, left };
}
