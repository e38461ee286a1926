/** A proportion k of n with its Wilson score interval, `z` standard deviations wide. */
export interface WilsonShare {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * k of n with the score interval (p + z²/2n ± z √(p (1 − p)/n + z²/4n²)) / (1 + z²/n), which stays inside [0, 1] and has
 * a width at 0 and 1 (E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209). Null: n is 0.
 */
export function wilsonShare(k: number, n: number, z = 1): WilsonShare | null {
  if (n <= 0) return null;
  const value = k / n;
  const by = 1 + (z * z) / n;
  const middle = (value + (z * z) / (2 * n)) / by;
  const half = (z / by) * Math.sqrt((value * (1 - value)) / n + (z * z) / (4 * n * n));
  return { value, low: Math.max(0, Math.min(value, middle - half)), high: Math.min(1, Math.max(value, middle + half)) };
}
