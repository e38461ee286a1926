import type { WindowReport } from '../../schemas/window_report.js';

/** What has been counted over closed windows; plain data. */
export interface WindowCounts {
  /** Closed windows, which is the index of the next one. */
  readonly windows: number;
  /** Events by the number of their regime. */
  readonly regimes: Readonly<Record<string, number>>;
  /** Refits by what became of them, in the words of the report. */
  readonly corrections: Readonly<Record<string, number>>;
}

export const NO_WINDOWS: WindowCounts = { windows: 0, regimes: {}, corrections: {} };

/**
 * The counts after a closed window: a function of the reports alone, so that a worker that starts again from its state,
 * or from every report of its history, counts on where it was. A report that has been counted changes nothing.
 */
export function countWindow(before: WindowCounts, { index, regimes, online }: WindowReport): WindowCounts {
  if (index < before.windows) return before;
  const [events, refits] = [{ ...before.regimes }, { ...before.corrections }];
  for (const { regime, n } of regimes) events[regime] = (events[regime] ?? 0) + n;
  for (const { kind } of online) refits[kind] = (refits[kind] ?? 0) + 1;
  return { windows: index + 1, regimes: events, corrections: refits };
}
