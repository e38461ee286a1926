import { setTimeout as wait } from 'node:timers/promises';

/** Waits after each batch so that no more than `rate` events a second go by on average; not when `stop` is raised. */
export function pacer(rate: number, stop?: AbortSignal): (events: number) => Promise<void> {
  const start = performance.now();
  let passed = 0;
  return async (events) => {
    passed += events;
    const early = (passed / rate) * 1000 - (performance.now() - start);
    if (early > 0) await wait(early, undefined, stop && { signal: stop }).catch(() => undefined);
  };
}
