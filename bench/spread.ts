import { median } from './live/statistics.js';

/** Median of pairs, with the lowest and the highest. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Of at least one number; NaN of none. */
export const spreadOf = (x: readonly number[]): Spread => ({
  ...{ median: median(x), low: Math.min(...x, ...(x.length === 0 ? [NaN] : [])) },
  high: Math.max(...x, ...(x.length === 0 ? [NaN] : [])),
});

/** Of the pairs the other way round. */
export const inverse = ({ median, low, high }: Spread): Spread => ({
  ...{ median: 1 / median, low: 1 / high, high: 1 / low },
});

/** a[i] / b[i] of each round. */
export const ratiosOf = (a: readonly number[], b: readonly number[]): Spread => spreadOf(a.map((x, i) => x / b[i]!));

/** Three digits, and no more than the number has: 0.0123, 1.23, 123, 12,300,000. */
export function digits(x: number): string {
  const rounded = Number(x.toPrecision(3));
  return Math.abs(rounded) >= 1000 ? rounded.toLocaleString('en') : String(rounded);
}

/** '1.23 (1.10–1.40)'; the median alone where no pair differs from another. */
export const shown = ({ median, low, high }: Spread): string =>
  low === high ? digits(median) : `${digits(median)} (${digits(low)}–${digits(high)})`;
