import type { Broker } from '../../docker/kafka/broker.js';
import type { KafkaConnection } from '../../sources/kafka/types.js';

/** What happens to the workers, the producer and the broker, and how often. */
export type Fate =
  'kill worker' | 'stop worker' | 'join' | 'leave' | 'kill producer' | 'restart broker' | 'kill broker';

export interface SoakOptions {
  readonly events: number;
  readonly seed: number;
  readonly workers: number;
  readonly partitions: number;
  readonly windowEvents: number;
  /** Refits as windows close. */
  readonly online: boolean;
  readonly fates: Readonly<Record<Fate, number>>;
  /** Between two fates: from, to. */
  readonly gapMs: readonly [number, number];
  readonly sessionS: number;
}

/** The broker of a run and what it is told. */
export interface Scene {
  readonly options: SoakOptions;
  readonly broker: Broker;
  readonly connection: KafkaConnection;
  /** Logs of the processes. */
  readonly folder: string;
  readonly topic: string;
  readonly group: string;
  readonly print: (line: string) => void;
  /** What must not happen. */
  readonly faults: string[];
  /** What took longer than is promised. */
  readonly slow: string[];
}

export const sampleOf = ({ events, seed }: SoakOptions): string => `generator:${events}?seed=${seed}&high_pt=0.5`;

/** Overrides of the pipeline: hundreds of windows. */
export const overrides = ({ windowEvents, online }: SoakOptions): string[] =>
  [`window={ events: ${windowEvents} }`, ...(online ? ['online={ learn: 4, every: 8 }'] : [])].flatMap((each) => [
    '--set',
    each,
  ]);
