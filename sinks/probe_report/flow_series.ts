import type { HistogramData } from '../../schemas/report.js';

type Series = HistogramData['series'][number];

/** Counts with the underflow first and the overflow last, as a series with √n for errors. */
export function flowSeries(name: string, regime: Series['regime'], counts: readonly number[]): Series {
  const sum = counts.slice(1, -1);
  const [underflow, overflow] = [counts[0] ?? 0, counts.at(-1) ?? 0];
  return {
    ...{ name, regime, n: counts.reduce((a, b) => a + b, 0), sum, errors: sum.map(Math.sqrt) },
    ...{ underflow, underflowError: Math.sqrt(underflow), overflow, overflowError: Math.sqrt(overflow) },
  };
}
