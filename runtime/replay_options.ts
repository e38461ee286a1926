import type { Reference } from './read_reference.js';

/** What was read since the last call. */
export interface Progress {
  readonly events: number;
  readonly bytes: number;
}

export interface ReplayOptions {
  readonly workers: number;
  /** Bytes of skim held in memory by all workers together. */
  readonly maxBytes: number;
  /** Where the skim goes beyond that. */
  readonly folder: string;
  readonly version: string;
  /** Events that one worker reads at a time, where a format can start anywhere; default 262,144. */
  readonly sliceEvents?: number;
  /** A report that this one is compared with. */
  readonly reference?: Reference;
  /** Whether probes run on a thread of their own, beside the passes; the result is the same. */
  readonly probeThread?: boolean;
  /** Seconds since some moment: the clock is the caller's (law 6). */
  readonly clock: () => number;
  /** Called after every batch; with one worker reading waits for it. */
  readonly onProgress?: (progress: Progress) => void | Promise<void>;
}
