/** Rounding of a mean square and of the square of a mean, relative to the former: a few units in the last place. */
const ROUNDING = 8 * Number.EPSILON;

/**
 * Variance from the mean of the squares and the mean, E[x²] − E[x]². Where the difference is no more than the rounding
 * of its terms it is 0: equal values have no spread. Negative weights can make it negative.
 */
export function variance(meanSquare: number, mean: number): number {
  const difference = meanSquare - mean * mean;
  return Math.abs(difference) <= ROUNDING * Math.abs(meanSquare) ? 0 : difference;
}
