import { wrongPipeline, wrongSample, type Problem } from '../../operators/problem.js';
import type { LogRange } from './log_range.js';
import type { KafkaLog } from './types.js';

/** Offsets by partition; those of partitions that are not named are the log's own. */
export type Offsets = ReadonlyMap<number, number>;

/**
 * The part of each partition of a topic to replay: from ≤ offset < to, by default all that the log holds now. Partitions
 * with nothing in it are left out; nothing in any is a Problem (3), and so is a range that the log does not hold.
 */
export async function topicRanges(log: KafkaLog, topic: string, from: Offsets, to: Offsets): Promise<LogRange[]> {
  const bounds = await log.bounds(topic);
  for (const partition of [...from.keys(), ...to.keys()]) {
    if (partition < bounds.length) continue;
    throw wrongPipeline(
      `topic ${topic}: has partitions 0 to ${bounds.length - 1}, and offsets of ${partition} are given`,
    );
  }
  const ranges = bounds.map(({ start, end }, partition) => {
    const range = { topic, partition, from: from.get(partition) ?? start, to: to.get(partition) ?? end };
    const problem = misfit(range, start, end);
    if (problem) throw problem;
    return range;
  });
  const filled = ranges.filter((range) => range.from < range.to);
  if (filled.length === 0)
    throw wrongSample(`topic ${topic}: no message in the range; produce some, or mend the offsets`);
  return filled;
}

function misfit({ topic, partition, from, to }: LogRange, start: number, end: number): Problem | undefined {
  const place = `topic ${topic} partition ${partition}`;
  if (from < start) {
    const left = `begin at what is left: --from-offsets ${partition}:${start}`;
    return wrongSample(`${place}: offsets ${from} to ${start - 1} are gone from the log (retention); ${left}`);
  }
  if (to > end) return wrongSample(`${place}: offsets up to ${to} are asked for, and the log ends at ${end}`);
  if (from > to) return wrongPipeline(`${place}: begins at offset ${from}, after its end at ${to}; mend the offsets`);
  return undefined;
}
