/** Middle of the sorted numbers, the upper one of two; NaN of none. */
export const median = (x: readonly number[]): number => sorted(x)[Math.floor(x.length / 2)] ?? NaN;

/** The least number that at least the share p of them does not exceed (nearest rank); NaN of none. */
export const quantile = (x: readonly number[], p: number): number =>
  sorted(x)[Math.max(0, Math.ceil(p * x.length) - 1)] ?? NaN;

const sorted = (x: readonly number[]): number[] => [...x].sort((a, b) => a - b);
