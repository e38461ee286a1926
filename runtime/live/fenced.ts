import { Problem } from '../../operators/problem.js';

/** A worker with a higher epoch has claimed the partition: what this one knows of it is to be dropped, not saved. */
export class Fenced extends Problem {
  readonly topic: string;
  readonly partition: number;
  readonly epoch: number;
  readonly higher: number;

  constructor(topic: string, partition: number, epoch: number, higher: number) {
    super(
      1,
      `partition ${topic}/${partition}: epoch ${higher} has claimed it, this worker's epoch ${epoch} may not write; ` +
        'claim it again after the next assignment',
    );
    this.name = 'Fenced';
    this.topic = topic;
    this.partition = partition;
    this.epoch = epoch;
    this.higher = higher;
  }
}
