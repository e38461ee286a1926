/** A straight line y = a + b x; `*Error`: standard errors. */
export interface Line {
  readonly intercept: number;
  readonly slope: number;
  readonly interceptError: number;
  readonly slopeError: number;
}

/**
 * Weighted least squares of y = a + b x, in O(n); errors from the scatter about the line with n − 2 degrees of freedom, NaN
 * for two points. NaN throughout for fewer, or where all x are the same.
 * Source: Bevington and Robinson, Data Reduction and Error Analysis, 3rd ed., eqs. 6.12, 6.23 (σ² from the sample).
 */
export function lineFit(x: readonly number[], y: readonly number[], weights?: readonly number[]): Line {
  const w = weights ?? x.map(() => 1);
  const sum = (term: (i: number) => number): number => x.reduce((total, _, i) => total + w[i]! * term(i), 0);
  const all = sum(() => 1);
  const [meanX, meanY] = [sum((i) => x[i]!) / all, sum((i) => y[i]!) / all];
  const spread = sum((i) => (x[i]! - meanX) ** 2);
  const slope = sum((i) => (x[i]! - meanX) * (y[i]! - meanY)) / spread;
  const intercept = meanY - slope * meanX;
  const scatter = sum((i) => (y[i]! - intercept - slope * x[i]!) ** 2) / (x.length - 2);
  return {
    intercept,
    slope,
    interceptError: Math.sqrt(scatter * (1 / all + meanX ** 2 / spread)),
    slopeError: Math.sqrt(scatter / spread),
  };
}

/** y = A x^b by the line through the logarithms: its slope is the exponent. For positive numbers. */
export const powerFit = (x: readonly number[], y: readonly number[]): Line => lineFit(x.map(Math.log), y.map(Math.log));

/** y = a + b x where each y is known to the same share of itself: weights 1 / y². */
export const costFit = (x: readonly number[], y: readonly number[]): Line =>
  lineFit(
    x,
    y,
    y.map((each) => each ** -2),
  );
