/** A sum that is reset to 0 whenever it would fall below: one side of a cumulative-sum chart. */
export interface Excursion {
  readonly sum: number;
  /** First window since the sum was last 0, the windows with a value from there on, and the sum of their values. */
  readonly since: number | null;
  readonly windows: number;
  readonly total: number;
}

export const QUIET: Excursion = { sum: 0, since: null, windows: 0, total: 0 };

/** max(0, sum + x − k), but at most `most`. */
export function extended(e: Excursion, x: number, k: number, window: number, most: number): Excursion {
  const sum = e.sum + x - k;
  if (!(sum > 0)) return QUIET;
  return { sum: Math.min(sum, most), since: e.since ?? window, windows: e.windows + 1, total: e.total + x };
}

/** The mean of x over the excursion, which is k + sum/windows (Montgomery's estimate of the new mean). */
export const meanOf = (e: Excursion): number => e.total / e.windows;
