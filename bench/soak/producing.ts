import { setTimeout as pause } from 'node:timers/promises';
import { startChild, type Child } from './child.js';
import { inWords, lastWords } from './crew.js';
import { overrides, sampleOf, type Scene } from './options.js';
import type { Spoiler } from './spoil.js';

/** The producer, which goes on where the one before it was killed. */
export interface Producing {
  /** Paced, in the other encoding than the last one. */
  readonly start: () => void;
  readonly kill: () => Promise<void>;
  /** All that is missing, as fast as it goes. */
  readonly finish: () => Promise<void>;
}

/** What a killed producer had sent may still arrive. */
const SETTLE_MS = 300;

export function producing(scene: Scene, pipeline: string, spoiler: Spoiler, pace: number): Producing {
  const { options, connection, folder, topic, faults } = scene;
  let child: Child | null = null;
  let killed: Child | null = null;
  let count = 0;
  const start = (...more: string[]): Child => {
    const encoding = count++ % 2 === 0 ? 'avro' : 'arrow';
    const args = [
      ...['produce', pipeline, sampleOf(options), '--brokers', connection.brokers.join(), '--topic', topic],
      ...['--partitions', String(options.partitions), '--encoding', encoding, '--batch', '2000'],
      ...[...overrides(options), ...more],
    ];
    const made = startChild(folder, `producer-${count}`, args);
    void made.ended.then((ended) => {
      if (made !== killed && ended.code !== 0) faults.push(`${made.name}: ${inWords(ended)}; ${lastWords(made)}`);
    });
    child = made;
    return made;
  };
  const kill = async (): Promise<void> => {
    if (child === null) return;
    killed = child;
    child.signal('SIGKILL');
    await child.ended;
    await pause(SETTLE_MS);
    await spoiler.seal();
  };
  return {
    start: () => void start('--pace', String(pace)),
    kill,
    finish: async () => {
      await kill();
      // Arrow for the long rest.
      count += 1 - (count % 2);
      await start().ended;
    },
  };
}
