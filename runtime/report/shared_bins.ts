import type { BinSums } from '../../operators/statistics/bin_sums.js';
import type { HistogramData } from '../../schemas/report.js';

type Series = HistogramData['series'][number];

/** Edges that both axes have. Reports join and cut the pipeline's bins as their events need, so the axes may differ. */
export function sharedEdges(a: readonly number[], b: readonly number[]): number[] {
  const other = new Set(b);
  return a.filter((edge) => other.has(edge));
}

/** Sums in the bins between `shared`, which are some of the `edges`; what lies beyond is in the flow bins. */
export function binSumsOf(
  series: Series,
  edges: readonly number[],
  shared: readonly number[],
  counted: boolean,
): BinSums {
  const w = new Float64Array(shared.length + 1);
  const w2 = new Float64Array(shared.length + 1);
  const add = (slot: number, sum: number, error: number): void => {
    w[slot]! += sum;
    w2[slot]! += error * error;
  };
  add(0, series.underflow, series.underflowError);
  add(shared.length, series.overflow, series.overflowError);
  let slot = 0;
  series.sum.forEach((sum, bin) => {
    while (slot < shared.length && shared[slot]! <= edges[bin]!) slot++;
    add(slot, sum, series.errors[bin]!);
  });
  return { w, w2: counted ? null : w2 };
}

/** Width of the central 68 % (from 15.87 % to 84.13 % of the sums), entries of a bin taken as spread evenly. */
export function centralWidth({ w }: BinSums, edges: readonly number[]): number {
  const total = Array.from(w).reduce((sum, x) => sum + x, 0);
  const at = (p: number): number => {
    let below = w[0]!;
    for (let bin = 1; bin < edges.length; bin++) {
      const inside = w[bin]!;
      if (inside > 0 && below + inside >= p * total) {
        const share = Math.min(1, Math.max(0, (p * total - below) / inside));
        return edges[bin - 1]! + share * (edges[bin]! - edges[bin - 1]!);
      }
      below += inside;
    }
    return edges.at(-1)!;
  };
  return at(0.8413) - at(0.1587);
}
