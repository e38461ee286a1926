import type { BinSums } from '../../operators/statistics/bin_sums.js';
import { joinedStarts, regrouped, total } from '../../operators/statistics/bin_sums.js';
import { homogeneity, type ChiSquare } from '../../operators/statistics/homogeneity.js';
import { kolmogorovDistance, type KolmogorovDistance } from '../../operators/statistics/kolmogorov_distance.js';
import { shareRatio } from '../../operators/statistics/share_ratio.js';
import type { StoredWindow } from '../../schemas/page.js';
import type { DistributionRow, Stage } from './comparison.js';

/** Counts of δ over a period, underflow first and overflow last, by regime and stage; or why there are none. */
export interface PeriodCounts {
  readonly low: number;
  readonly high: number;
  readonly of: ReadonlyMap<string, Float64Array>;
  readonly reason: string | null;
}

const keyOf = (regime: number, stage: Stage): string => `${regime}:${stage}`;

const none = (reason: string): PeriodCounts => ({ low: NaN, high: NaN, of: new Map(), reason });

export function countsOf(windows: readonly StoredWindow[]): PeriodCounts {
  const sums = new Map<string, Float64Array>();
  let axis: { low: number; high: number } | null = null;
  for (const { report } of windows) {
    const { distributions } = report;
    if (!distributions) return none('a window has no distributions');
    axis ??= distributions;
    if (axis.low !== distributions.low || axis.high !== distributions.high)
      return none('the windows bin δ differently');
    for (const { regime, stage, counts } of distributions.rows) {
      const key = keyOf(regime, stage);
      const sum = sums.get(key) ?? new Float64Array(counts.length);
      if (sum.length !== counts.length) return none('the windows bin δ differently');
      for (let i = 0; i < sum.length; i++) sum[i]! += counts[i]!;
      sums.set(key, sum);
    }
  }
  return axis ? { low: axis.low, high: axis.high, of: sums, reason: null } : none('no window');
}

/** Effective events that each bin of χ² and of the ratio has in both periods. */
const LEAST = 10;

interface About {
  readonly regime: number;
  readonly label: string;
  readonly stage: Stage;
}

type Compared = Omit<DistributionRow, 'chi2' | 'kolmogorov'> & {
  readonly chi2: ChiSquare | null;
  readonly kolmogorov: KolmogorovDistance | null;
};

/** The distribution of δ in a regime; empty where neither period has one. */
export function compareDistribution({ regime, label, stage }: About, a: PeriodCounts, b: PeriodCounts): Compared[] {
  const key = keyOf(regime, stage);
  const [inA, inB] = [a.of.get(key), b.of.get(key)];
  const about = { regime, label, stage, n: { a: inA ? total(inA) : 0, b: inB ? total(inB) : 0 } };
  const without = (reason: string): Compared[] => [{ ...about, chi2: null, kolmogorov: null, ratio: [], reason }];
  const why = a.reason ?? b.reason;
  if (why !== null) return without(why);
  if (!inA && !inB) return [];
  if (!inA || !inB) return without(`period ${inA ? 'b' : 'a'} has no events in it`);
  if (a.low !== b.low || a.high !== b.high || inA.length !== inB.length)
    return without('the periods bin δ differently');
  const [sumsA, sumsB]: [BinSums, BinSums] = [
    { w: inA, w2: null },
    { w: inB, w2: null },
  ];
  if (about.n.a < LEAST || about.n.b < LEAST) return without('fewer than ten events');
  const starts = joinedStarts(sumsA, sumsB, LEAST);
  const [joinedA, joinedB] = [regrouped(inA, starts), regrouped(inB, starts)];
  const width = (a.high - a.low) / (inA.length - 2);
  /** Bin i of those with flow bins begins at the edge i − 1. */
  const edge = (bin: number): number | null => (bin === 0 || bin >= inA.length ? null : a.low + (bin - 1) * width);
  return [
    {
      ...about,
      chi2: homogeneity({ w: joinedA, w2: null }, { w: joinedB, w2: null }),
      kolmogorov: kolmogorovDistance(sumsA, sumsB),
      ratio: starts.map((start, g) => ({
        ...{ low: edge(start), high: edge(starts[g + 1] ?? inA.length) },
        ...shareRatio(joinedA[g]!, about.n.a, joinedB[g]!, about.n.b),
      })),
    },
  ];
}
