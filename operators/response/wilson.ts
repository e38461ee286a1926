export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson score interval of a proportion p out of n (E. B. Wilson, 1927), z standard deviations wide (1: 68 %).
 * n may be an effective number. n = 0: [0, 1].
 */
export function wilson(p: number, n: number, z = 1): Interval {
  if (n <= 0) return { low: 0, high: 1 };
  const z2 = z * z;
  const middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  // Rounding must not part an interval from its p at 0 and 1.
  return { low: Math.max(0, Math.min(p, middle - half)), high: Math.min(1, Math.max(p, middle + half)) };
}
