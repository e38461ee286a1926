import type { Batch } from '../operators/batch.js';
import type { KafkaAccess } from './kafka/access.js';

/** What a sample offers under one name. `list` columns hold a variable number of values per event. */
export interface ColumnInfo {
  readonly name: string;
  readonly list: boolean;
}

/** What is known of a sample before its events are read. */
export interface SampleInfo {
  readonly columns: readonly ColumnInfo[];
  /** Number of events if the format states it. */
  readonly events?: number;
  /**
   * True if the columns are those that a reader of this format can always make (LHE), so that a missing one is
   * the pipeline's mistake; false if they are this file's own.
   */
  readonly fixed?: boolean;
}

/** What a format needs besides the path: entries that the pipeline may set for it (`sources:` in the pipeline file). */
export interface SourceOptions {
  /** ROOT: the tree's name. */
  readonly tree?: string;
  /** Kafka: not of the pipeline, but of whoever starts the program. */
  readonly kafka?: KafkaAccess;
}

/** Which part of a sample to read: events with from ≤ position < to. */
export interface ReadRange {
  readonly from: number;
  readonly to: number;
}

export interface ReadOptions extends SourceOptions {
  /** Only the events at these positions; a source with `ranges: false` is only ever asked for the whole sample. */
  readonly range?: ReadRange;
  /** Target number of events a batch. */
  readonly batchEvents: number;
  /** Called with the number of bytes of the file consumed so far, for progress; may be called rarely. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * A format of stored events.
 *
 * `read` is an async stream of batches in the order of the file, holding only the columns asked for, in constant
 * memory; stopping the iteration early closes the file. Bad input throws a Problem of exit code 3 that names the
 * file and the line, byte, row or event, or is counted in `Batch.rejected` when the rest of the file stays readable.
 * Integers beyond ±2^53 become NaN. A batch stays good when the next one is asked for.
 */
export interface Source {
  readonly format: string;
  /** File name endings, lower case, without the first dot: 'lhe', 'lhe.gz'. */
  readonly extensions: readonly string[];
  /** True if `read` can start at any position without reading what is before. */
  readonly ranges: boolean;
  readonly describe: (path: string, options: SourceOptions) => Promise<SampleInfo>;
  readonly read: (path: string, columns: readonly string[], options: ReadOptions) => AsyncGenerator<Batch>;
}
