import { AsyncLocalStorage } from 'node:async_hooks';

const quiet = new AsyncLocalStorage<true>();
let running = 0;
let restore: (() => void) | undefined;

/**
 * Runs jsroot, which reports on the console whatever it does not know in a file. Only what is called from within `run`
 * is silenced, and the console is as it was when the last run has ended.
 */
export async function quietly<T>(run: () => Promise<T>): Promise<T> {
  if (running++ === 0) {
    const own = { log: console.log, warn: console.warn, error: console.error };
    const unless =
      (said: (...what: unknown[]) => void) =>
      (...what: unknown[]): void => {
        if (quiet.getStore() === undefined) said(...what);
      };
    Object.assign(console, { log: unless(own.log), warn: unless(own.warn), error: unless(own.error) });
    restore = () => {
      Object.assign(console, own);
    };
  }
  try {
    return await quiet.run(true, run);
  } finally {
    if (--running === 0) restore?.();
  }
}
