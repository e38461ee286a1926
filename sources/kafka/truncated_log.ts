import { Problem } from '../../operators/problem.js';

/** Messages that were still to be read are gone: retention has removed them. Nothing is skipped; a person has to decide. */
export class TruncatedLog extends Problem {
  readonly topic: string;
  readonly partition: number;
  /** Where reading was to go on, and the first offset that is left. */
  readonly wanted: number;
  readonly start: number;

  constructor(topic: string, partition: number, wanted: number, start: number) {
    super(
      1,
      `topic ${topic} partition ${partition}: offsets ${wanted} to ${start - 1} are gone from the log (retention); ` +
        `lengthen retention.ms of the topic, and begin at what is left under another --group`,
    );
    this.name = 'TruncatedLog';
    this.topic = topic;
    this.partition = partition;
    this.wanted = wanted;
    this.start = start;
  }
}
