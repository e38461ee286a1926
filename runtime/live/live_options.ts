import type { CheckpointStore } from './types.js';
import type { KafkaLog } from '../../sources/kafka/types.js';
import type { WireDecoder } from '../../sources/wire/types.js';
import type { RecordWriter } from '../../sinks/kafka/writer.js';

/** Topics of a group: what its workers tell each other. */
export interface LiveTopics {
  readonly events: string;
  /** Where the truth comes on a topic of its own. */
  readonly truth: string | null;
  readonly checkpoints: string;
  readonly keeper: string;
  readonly summaries: string;
  readonly models: string;
  readonly reports: string;
  readonly deadLetters: string;
}

export const topicsOf = (events: string, group: string, truth: string | null = null): LiveTopics => ({
  ...{ events, truth },
  checkpoints: `${group}.checkpoints`,
  keeper: `${group}.keeper`,
  summaries: `${group}.summaries`,
  models: `${group}.models`,
  reports: `${group}.windows`,
  deadLetters: `${group}.dead-letters`,
});

export interface LiveSettings {
  readonly topics: LiveTopics;
  /** Stop when all that is in the log is read, and close every window. */
  readonly untilEnd: boolean;
  /** Between checkpoints of a partition. */
  readonly checkpointMs: number;
  /** A partition that has had nothing for so long is not waited for; 0: always wait. */
  readonly idleMs: number;
  /** Rows held back for want of models that stop a partition from reading on. */
  readonly maxHeldRows: number;
  /** How long a partition may wait for models before the worker gives up. */
  readonly modelWaitMs: number;
}

/** What a worker reads and writes with. */
export interface LiveIo {
  readonly log: KafkaLog;
  readonly writer: RecordWriter;
  readonly checkpoints: CheckpointStore;
  /** Of the keeper: apart, since its topic has one partition. */
  readonly keeperCheckpoints: CheckpointStore;
  readonly decoder: WireDecoder;
  /** Of the truth's topic, where it has one. */
  readonly truthDecoder: WireDecoder | null;
  /** False once this worker may have been given up by its group: nothing may be written then. */
  readonly lease: () => boolean;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  readonly notice: (line: string) => void;
}

/** This worker may have lost its partitions: what it knows of them is to be dropped. */
export class LostLease extends Error {
  constructor() {
    super('the lease of the group is over');
    this.name = 'LostLease';
  }
}

export function demandLease({ lease }: LiveIo): void {
  if (!lease()) throw new LostLease();
}

/** Of one look at a log. */
export const FETCH = { maxBytes: 8 * 2 ** 20, waitMs: 200 } as const;
