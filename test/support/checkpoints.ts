import type { Checkpoint } from '../../runtime/live/types.js';

/** A checkpoint of partition 0 of `events`, with what a test wants to be otherwise. */
export const checkpointOf = (other: Partial<Checkpoint> = {}): Checkpoint => ({
  pipelineHash: '5f1d7c0e9a3b42d68c11aa07be90f3d245c6e88b1f02793ad4e5b6c7d8091a2b',
  topic: 'events',
  partition: 0,
  epoch: 1,
  sequence: 0,
  next: 1000,
  from: 1000,
  deadLetters: 0,
  state: {
    events: { read: 1000, used: 990, rejected: { 'pt outside its range': 10 } },
    n: new Float64Array([990, 0.5]),
  },
  ...other,
});

/** A state of that many bytes whose every element says whose it is, so that a mixture of two is seen. */
export const stampedState = (stamp: number, bytes: number): { stamp: number; fill: Float64Array } => ({
  stamp,
  fill: new Float64Array(Math.ceil(bytes / 8)).fill(stamp),
});
