import { startChild, type Child, type Ended } from './child.js';
import { overrides, type Scene } from './options.js';

/** The workers of a group that live. */
export interface Crew {
  readonly living: () => Child[];
  /** Those that are not stopped. */
  readonly awake: () => Child[];
  readonly stopped: Set<Child>;
  readonly start: (...more: string[]) => Child;
  /** SIGKILL; resolves when it is gone. */
  readonly kill: (child: Child) => Promise<void>;
  /** SIGTERM; has to end in order, within five seconds. */
  readonly dismiss: (child: Child) => Promise<void>;
}

const LEAVE_S = 5;

export function crewOf(scene: Scene, pipeline: string): Crew {
  const { options, connection, folder, topic, group, faults, slow } = scene;
  const crew = new Set<Child>();
  const stopped = new Set<Child>();
  const expected = new Set<Child>();
  let count = 0;
  const args = [
    ...['live', pipeline, '--brokers', connection.brokers.join(), '--topic', topic, '--group', group],
    ...['--session', String(options.sessionS), '--checkpoint', '1', '--stall', '30', '--format', 'json'],
    ...overrides(options),
  ];
  const start = (...more: string[]): Child => {
    const child = startChild(folder, `${group}-${String(++count).padStart(3, '0')}`, [...args, ...more]);
    crew.add(child);
    void child.ended.then((ended) => {
      crew.delete(child);
      stopped.delete(child);
      if (expected.has(child) || (ended.code === 0 && more.includes('--until-end'))) return;
      faults.push(`${child.name}: ended by itself, ${inWords(ended)}; ${lastWords(child)}`);
    });
    return child;
  };
  return {
    living: () => [...crew],
    awake: () => [...crew].filter((child) => !stopped.has(child)),
    stopped,
    start,
    kill: async (child) => {
      expected.add(child);
      child.signal('SIGKILL');
      await child.ended;
    },
    dismiss: async (child) => {
      expected.add(child);
      const from = performance.now();
      child.signal('SIGTERM');
      const ended = await child.ended;
      const seconds = (performance.now() - from) / 1000;
      // One that has only begun ends by the signal itself.
      if (ended.code !== 0 && ended.signal !== 'SIGTERM')
        faults.push(`${child.name}: SIGTERM, ${inWords(ended)}; ${lastWords(child)}`);
      if (seconds > LEAVE_S) slow.push(`${child.name}: SIGTERM, gone after ${seconds.toFixed(1)} s`);
    },
  };
}

export const inWords = ({ code, signal }: Ended): string => (signal === null ? `exit ${code ?? 0}` : `by ${signal}`);

export const lastWords = (child: Child): string => child.errors().slice(-2).join(' | ');
