/**
 * A number in the open interval (0, 1) from two words of 32 random bits: (n + 1/2) / 2^52, where n is the top 26 bits
 * of each. Exact in double precision, never 0 or 1, and symmetric: 1 − u is on the same grid.
 */
export function uniform(a: number, b: number): number {
  return ((a >>> 6) * 0x4000000 + (b >>> 6) + 0.5) * 2 ** -52;
}
