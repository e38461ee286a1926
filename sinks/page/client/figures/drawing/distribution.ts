import type { WindowReport } from '../../../../../schemas/window_report.js';
import type { Stage } from '../../view.js';

/** Counts of the response in bins of equal width, flow bins beside. */
export interface Distribution {
  readonly low: number;
  readonly width: number;
  readonly counts: readonly number[];
  readonly under: number;
  readonly over: number;
  /** Events, those of the flow bins too. */
  readonly n: number;
  /** Windows that have it, and those left out since their bins are others. */
  readonly windows: number;
  readonly others: number;
}

/** The counts of several windows and of one regime or all, summed. Null: no window has a distribution. */
export function sumDistributions(
  reports: readonly WindowReport[],
  regime: number | null,
  stage: Stage,
): Distribution | null {
  const binsOf = ({ distributions: d }: WindowReport) => d && `${d.low} ${d.high} ${d.rows[0]?.counts.length ?? 0}`;
  const having = reports.filter((report) => report.distributions && report.distributions.rows.length > 0);
  const last = having.at(-1);
  if (!last?.distributions) return null;
  const same = having.filter((report) => binsOf(report) === binsOf(last));
  const { low, high, rows } = last.distributions;
  const sums = new Array<number>(rows[0]!.counts.length).fill(0);
  for (const { distributions } of same) {
    for (const row of distributions!.rows) {
      if (row.stage !== stage || (regime !== null && row.regime !== regime)) continue;
      row.counts.forEach((count, i) => (sums[i]! += count));
    }
  }
  const bins = sums.length - 2;
  return {
    ...{ low, width: (high - low) / bins, counts: sums.slice(1, -1), under: sums[0]!, over: sums.at(-1)! },
    n: sums.reduce((sum, count) => sum + count, 0),
    ...{ windows: same.length, others: having.length - same.length },
  };
}

/** The bins [from, to) alone; what was cut is in the flow bins. */
export function cutDistribution(of: Distribution, from: number, to: number): Distribution {
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  return {
    ...of,
    low: of.low + from * of.width,
    counts: of.counts.slice(from, to),
    under: of.under + total(of.counts.slice(0, from)),
    over: of.over + total(of.counts.slice(to)),
  };
}

/** First and one past the last bin with more than `least` events on its outer side, in any of the distributions. */
export function populated(all: readonly Distribution[], lost = 0.0005): [number, number] {
  const ends = all.flatMap(({ counts, n }) => {
    const end = (order: readonly number[]) => {
      let sum = 0;
      return order.findIndex((count) => (sum += count) > lost * n);
    };
    const [first, last] = [end(counts), end([...counts].reverse())];
    return first < 0 ? [] : [[first, counts.length - last] as const];
  });
  if (ends.length === 0) return [0, all[0]?.counts.length ?? 0];
  return [Math.min(...ends.map(([from]) => from)), Math.max(...ends.map(([, to]) => to))];
}

/**
 * a counts over b counts, b scaled by `scale`, with the error of independent Poisson counts to first order:
 * r = a / (scale b), σ = r √(1/a + 1/b). Null where either count is 0: the expansion does not hold there.
 */
export function countRatio(a: number, b: number, scale: number): { value: number; error: number } | null {
  if (a === 0 || b === 0) return null;
  const value = a / (scale * b);
  return { value, error: value * Math.sqrt(1 / a + 1 / b) };
}

/**
 * χ² of two histograms of unlike sizes N and M being of one shape: Σ (√(M/N) a − √(N/M) b)² / (a + b) over the bins
 * (flow bins too) with at least `least` events in both together, with one degree of freedom fewer than bins
 * (N. Gagunashvili, Comparison of weighted and unweighted histograms, PHYSTAT 2005). Null: fewer than two such bins.
 */
export function shapeChiSquare(
  one: Distribution,
  other: Distribution,
  least = 10,
): { chi2: number; ndf: number } | null {
  const all = ({ under, counts, over }: Distribution) => [under, ...counts, over];
  const [a, b] = [all(one), all(other)];
  const root = Math.sqrt(other.n / one.n);
  let [chi2, bins] = [0, 0];
  a.forEach((n, i) => {
    const m = b[i] ?? 0;
    if (n + m < least) return;
    chi2 += (root * n - m / root) ** 2 / (n + m);
    bins++;
  });
  return bins < 2 || one.n === 0 || other.n === 0 ? null : { chi2, ndf: bins - 1 };
}
