/** How a worker comes to its end: in good order after a signal, at once over what it cannot go on with. */
export interface Ending {
  /** Nothing more is begun. */
  readonly stop: AbortSignal;
  /** Nothing more can be read or written. */
  readonly cut: AbortSignal;
  /** The first error is the end, but for those that come of cutting short. */
  readonly fail: (error: unknown) => void;
  /** What it ended over; undefined: nothing. */
  readonly fatal: () => unknown;
  /** Cuts what is left. */
  readonly close: () => void;
}

/** `signal` asks for the end in good order, which may take `drainMs`. */
export function openEnding(signal: AbortSignal, drainMs: number): Ending {
  const ending = new AbortController();
  let fatal: unknown;
  let late = false;
  let limit: NodeJS.Timeout | undefined;
  const onSignal = (): void => {
    limit = setTimeout(() => {
      late = true;
      ending.abort();
    }, drainMs);
  };
  signal.addEventListener('abort', onSignal, { once: true });
  if (signal.aborted) onSignal();
  return {
    stop: AbortSignal.any([ending.signal, signal]),
    cut: ending.signal,
    fail: (error) => {
      if (late) return;
      fatal ??= error;
      ending.abort();
    },
    fatal: () => fatal,
    close: () => {
      clearTimeout(limit);
      signal.removeEventListener('abort', onSignal);
      ending.abort();
    },
  };
}
