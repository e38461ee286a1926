import type { HistogramData } from '../../schemas/report.js';

type Series = HistogramData['series'][number];

export interface Ratio {
  readonly value: number;
  readonly error: number;
}

/**
 * a / b and its error to first order: (a/b) √(σ_a²/a² + σ_b²/b² − 2 cov(a, b)/(a b)). Null where a or b is 0.
 * Without covariance a and b count as independent, which for positively correlated ones is an upper bound.
 */
export function ratio(a: number, aError: number, b: number, bError: number, covariance = 0): Ratio | null {
  if (a === 0 || b === 0) return null;
  const value = a / b;
  const relative = (aError / a) ** 2 + (bError / b) ** 2 - (2 * covariance) / (a * b);
  return { value, error: Math.abs(value) * Math.sqrt(Math.max(relative, 0)) };
}

/** Bin by bin, `a` over `b`, taken as independent. */
export const ratios = (a: Series, b: Series): (Ratio | null)[] =>
  a.sum.map((sum, i) => ratio(sum, a.errors[i]!, b.sum[i]!, b.errors[i]!));

/**
 * Bin by bin, the unit-area shape of `part` over that of `all`. The part's events are among all of them, so the
 * covariance of a bin is the part's variance; the totals are taken as known.
 */
export function shapeRatios(part: Series, all: Series): (Ratio | null)[] {
  const total = (series: Series) => series.sum.reduce((sum, w) => sum + w, series.underflow + series.overflow);
  const [a, b] = [total(part), total(all)];
  return part.sum.map((sum, i) =>
    ratio(sum / a, part.errors[i]! / a, all.sum[i]! / b, all.errors[i]! / b, part.errors[i]! ** 2 / (a * b)),
  );
}
