/**
 * What a worker keeps of one partition of the events. It is saved whole, so state and position cannot disagree.
 * `state` is plain data.
 */
export interface Checkpoint {
  readonly pipelineHash: string;
  readonly topic: string;
  readonly partition: number;
  /** Epoch of the worker that wrote it; a record of a lower epoch is ignored. */
  readonly epoch: number;
  /** Rises by one with every checkpoint of this epoch. */
  readonly sequence: number;
  /** All messages below are in the state. */
  readonly next: number;
  /** Where to read again from, for events that were held back for want of a model: never above `next`. */
  readonly from: number;
  /** Messages that went to the dead-letter topic: the offset after the last one. */
  readonly deadLetters: number;
  readonly state: unknown;
}

/** Where checkpoints are kept: a compacted topic or a folder. */
export interface CheckpointStore {
  /**
   * Claims the partition under an epoch above all that were claimed before, and gives the last checkpoint. Resolves when
   * the claim is durable and known to be the highest.
   */
  readonly claim: (topic: string, partition: number) => Promise<{ epoch: number; checkpoint: Checkpoint | null }>;
  /** Resolves when it is durable. `Fenced` if a higher epoch has claimed the partition. */
  readonly save: (checkpoint: Checkpoint) => Promise<void>;
  /** All partitions of a topic that have a checkpoint, the newest of each; for `regimewatch state`. */
  readonly list: (topic: string) => Promise<Checkpoint[]>;
  readonly close: () => Promise<void>;
}
