type Aggregate = (values: readonly number[]) => number;

/**
 * The least, the greatest and the median of values, at least one, as min_over_time, max_over_time and
 * quantile_over_time(0.5, ...) of Prometheus 2.42 have them (promql/functions.go, promql/quantile.go): of an even number
 * the median is the mean of the two in the middle. NaN is the least of the median, and else left out unless it is all.
 */
export const OVER_TIME: Readonly<Record<'min' | 'max' | 'median', Aggregate>> = {
  min: (values) => values.reduce((a, b) => (b < a || Number.isNaN(a) ? b : a)),
  max: (values) => values.reduce((a, b) => (b > a || Number.isNaN(a) ? b : a)),
  median(values) {
    const sorted = values.toSorted((a, b) => (Number.isNaN(a) ? -1 : Number.isNaN(b) ? 1 : a - b));
    const rank = 0.5 * (sorted.length - 1);
    const weight = rank - Math.floor(rank);
    return sorted[Math.floor(rank)]! * (1 - weight) + sorted[Math.ceil(rank)]! * weight;
  },
};
