export type { KafkaConnection, Retry } from '../../kafka/connection.js';

/** A place in a log. Offsets are whole numbers below 2^53. */
export interface LogPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

export interface LogRecord {
  readonly offset: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: ReadonlyMap<string, string>;
}

/** What a fetch brought of one partition; no records: there were none yet. */
export interface LogBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly LogRecord[];
  /** Where to go on: after the last record, or where it was asked for. */
  readonly next: number;
  /** First offset that the log still has, and one beyond its last. */
  readonly start: number;
  readonly end: number;
}

export interface FetchOptions {
  /** Of one answer, and of one partition in it; a single larger message still comes. */
  readonly maxBytes: number;
  /** How long the broker waits for the first byte. */
  readonly waitMs: number;
}

/**
 * Reads partitions from given offsets, outside of any group. A broker that is gone is tried again with back-off until it
 * is back or `close` is called, `onRetry` told each time. A position below the log's start throws TruncatedLog; one beyond
 * its end throws a Problem.
 */
export interface KafkaLog {
  readonly fetch: (positions: readonly LogPosition[], options: FetchOptions) => Promise<LogBatch[]>;
  /** Number of partitions; a topic that does not exist is a Problem (3). */
  readonly partitions: (topic: string) => Promise<number>;
  /** First offset of each partition, and one beyond the last. */
  readonly bounds: (topic: string) => Promise<{ readonly start: number; readonly end: number }[]>;
  readonly close: () => Promise<void>;
}
