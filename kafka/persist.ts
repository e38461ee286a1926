import { Problem } from '../operators/problem.js';
import type { KafkaConnection, Retry } from './connection.js';
import { faultOf } from './fault.js';

const FIRST_MS = 100;
const LONGEST_MS = 5000;

export interface Persistence {
  readonly onRetry: (retry: Retry) => void;
  readonly signal?: AbortSignal;
}

/** What ends a retry when its owner is closed. */
export const closedProblem = (what: string): Problem => new Problem(1, `Kafka: ${what}: closed`);

/**
 * Wait before the next attempt: 100 ms · 2^(attempt − 1), at most 5 s, times 0.5 to 1 by a hash of client and attempt, so
 * that clients which lost the same broker do not come back together.
 */
export function backOffMs(attempt: number, clientId: string): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10));
  let hash = attempt;
  for (let i = 0; i < clientId.length; i++) hash = Math.imul(hash ^ clientId.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return Math.round(full * (0.5 + ((hash >>> 8) & 0xffff) / 0x20000));
}

/** Resolves after `ms`, or as soon as the signal is raised. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}

/** Tries until it succeeds; a fault that will not pass is a Problem at once, and so is the signal. */
export async function persist<T>(
  what: string,
  connection: KafkaConnection,
  { onRetry, signal }: Persistence,
  work: () => Promise<T>,
): Promise<T> {
  const stopped = (): boolean => signal?.aborted === true;
  for (let attempt = 1; ; attempt++) {
    if (stopped()) throw closedProblem(what);
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (stopped()) throw closedProblem(what);
      const { words, transient } = faultOf(error, connection);
      if (!transient) throw new Problem(1, `Kafka: ${what}: ${words}`);
      const waitMs = backOffMs(attempt, connection.clientId);
      onRetry({ what, attempt, waitMs, error: words });
      await pause(waitMs, signal);
    }
  }
}
