import { Problem, wrongSample } from '../../operators/problem.js';
import type { KafkaLog, LogRecord } from './types.js';

/** Messages of one partition at offsets from ≤ o < to. */
export interface LogRange {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

/** Of one answer. */
const MAX_BYTES = 4 * 2 ** 20;
/** Empty answers below `to` before the log counts as stuck, and how long the broker waits for each. */
const IDLE = 100;
const WAIT_MS = 100;

/** True if the sample's name asks for messages of a topic. */
export const isKafkaPath = (path: string): boolean => path.startsWith('kafka:');

/** `kafka:TOPIC?partition=P&from=A&to=B` */
export const kafkaPath = ({ topic, partition, from, to }: LogRange): string =>
  `kafka:${topic}?partition=${partition}&from=${from}&to=${to}`;

export function parseKafkaPath(path: string): LogRange {
  const match = /^kafka:([\w.-]+)\?partition=(\d+)&from=(\d+)&to=(\d+)$/.exec(path);
  const [partition, from, to] = (match?.slice(2) ?? []).map(Number);
  if (match === null || partition === undefined || from === undefined || to === undefined) {
    throw wrongSample(`${path}: not a range of a log; write kafka:TOPIC?partition=0&from=0&to=100`);
  }
  return { topic: match[1]!, partition, from, to };
}

/** The messages of a range, as they come. One that is no longer in the log throws a TruncatedLog. */
export async function* readRange(
  log: KafkaLog,
  { topic, partition, from, to }: LogRange,
): AsyncGenerator<readonly LogRecord[]> {
  let offset = from;
  for (let idle = 0; offset < to;) {
    const [batch] = await log.fetch([{ topic, partition, offset }], { maxBytes: MAX_BYTES, waitMs: WAIT_MS });
    const next = batch?.next ?? offset;
    const records = batch?.records ?? [];
    const within = next > to ? records.filter((record) => record.offset < to) : records;
    if (within.length > 0) yield within;
    idle = next > offset ? 0 : idle + 1;
    if (idle === IDLE) {
      throw new Problem(
        1,
        `topic ${topic} partition ${partition}: nothing comes from offset ${offset} on, and messages up to ${to - 1} are asked for: mend the offsets`,
      );
    }
    offset = next;
  }
}
