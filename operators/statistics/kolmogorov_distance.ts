import type { BinSums } from './bin_sums.js';
import { effectiveEvents, total } from './bin_sums.js';
import { logKolmogorovP } from './kolmogorov.js';

export interface KolmogorovDistance {
  readonly distance: number;
  readonly logP: number;
}

/**
 * Kolmogorov–Smirnov distance of two binned samples: the largest |F_1 − F_2| over the edges of the bins, flow bins
 * included, and its ln p with the effective numbers of events. Binning can only miss some of the distance, so p is too
 * large rather than too small; it is approximate where weights differ along the axis. null: an empty sample.
 */
export function kolmogorovDistance(a: BinSums, b: BinSums): KolmogorovDistance | null {
  const [A, B] = [total(a.w), total(b.w)];
  if (!(A > 0) || !(B > 0)) return null;
  let [sumA, sumB, distance] = [0, 0, 0];
  for (let i = 0; i < a.w.length - 1; i++) {
    sumA += a.w[i]!;
    sumB += b.w[i]!;
    distance = Math.max(distance, Math.abs(sumA / A - sumB / B));
  }
  return { distance, logP: logKolmogorovP(distance, effectiveEvents(a), effectiveEvents(b)) };
}
