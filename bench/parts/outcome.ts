import type { Table } from '../tables.js';
import type { Findings } from '../targets.js';

/** What a part of the bench found. */
export interface Outcome {
  readonly tables: readonly Table[];
  /** For the table of what is to be reached. */
  readonly findings: Findings;
  /** What was not measured, and why: a line each. */
  readonly left: readonly string[];
  /** Every round, for the JSON. */
  readonly rounds: unknown;
}

/** What a part is told. */
export interface Task {
  /** Events of the replayed columnar samples; the chain in memory takes at most 2^21 of them. */
  readonly events: number;
  /** Events of the samples in text. */
  readonly textEvents: number;
  readonly rounds: number;
  readonly quick: boolean;
  /** Temporary, deleted at the end. */
  readonly folder: string;
  readonly pipeline: string;
  /** The folder with the workload and its columns in single precision, `chainEvents` of them. */
  readonly columns: () => Promise<string>;
  readonly chainEvents: number;
  /** What is going on, for a terminal. */
  readonly onRun: (what: string) => void;
}
