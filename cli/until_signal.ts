const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** A signal of the operating system that asks the program to end, for as long as `dispose` was not called. */
export function endingSignal(): { readonly signal: AbortSignal; readonly dispose: () => void } {
  const ending = new AbortController();
  const end = (): void => {
    ending.abort();
  };
  for (const name of SIGNALS) process.once(name, end);
  return {
    signal: ending.signal,
    dispose() {
      for (const name of SIGNALS) process.off(name, end);
    },
  };
}

/** Resolves when the signal is raised. */
export const raised = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => {
        signal.addEventListener(
          'abort',
          () => {
            resolve();
          },
          { once: true },
        );
      });
