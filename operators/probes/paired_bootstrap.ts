import { slotOf, slotsOf, type Bins, type HistogramState } from '../summaries/histogram.js';
import { regroupHistogram } from '../summaries/regroup.js';
import { poissonWeights, REPLICAS_A_DRAW } from './poisson_weights.js';

/** Several values of each event, by column, and the event's regime and identity. */
export interface PairedValues {
  readonly values: readonly Float64Array[];
  readonly group: Uint16Array;
  readonly groups: number;
  readonly keyLo: Uint32Array;
  readonly keyHi: Uint32Array;
}

/** A number of one group of a histogram; null: it cannot be known. */
export type Statistic = (hist: HistogramState, group: number) => number | null;

/**
 * Standard deviation of statistic(values[v]) − statistic(values[0]) over Poisson bootstrap replicas, in which an event
 * has the same weight in every column (poisson_weights.ts): the error of a shift on the same events. [v − 1][g], g = the
 * number of groups being all of them. The statistic sees the replica's histogram. null: it is unknown in a replica, or
 * there are fewer than two. Whole draws of four replicas are made.
 */
export function pairedErrors(
  { values, group, groups, keyLo, keyHi }: PairedValues,
  bins: Bins,
  statistic: Statistic,
  { seed, replicas }: { readonly seed: number; readonly replicas: number },
): (number | null)[][] {
  const stride = slotsOf(bins);
  const events = group.length;
  const slots = values.map((column) => Int32Array.from(column, (x, i) => group[i]! * stride + slotOf(x, bins)));
  const [first, ...others] = slots;
  const hist: HistogramState = { n: new Float64Array(groups * stride), w: null, w2: null, bins, groups };
  const weights = new Uint8Array(REPLICAS_A_DRAW * events);
  const found = (of: Int32Array, r: number): (number | null)[] => {
    hist.n.fill(0);
    for (let i = 0; i < events; i++) hist.n[of[i]!]! += weights[REPLICAS_A_DRAW * i + r]!;
    const withAll = withUnion(hist);
    return Array.from({ length: groups + 1 }, (_, g) => statistic(withAll, g));
  };
  const shifts = others.map(() => Array.from({ length: groups + 1 }, (): (number | null)[] => []));
  for (let draw = 0; draw * REPLICAS_A_DRAW < replicas; draw++) {
    poissonWeights(seed, draw, keyLo, keyHi, weights);
    for (let r = 0; r < REPLICAS_A_DRAW; r++) {
      const nominal = found(first!, r);
      others.forEach((of, v) => {
        found(of, r).forEach((value, g) => {
          const from = nominal[g] ?? null;
          shifts[v]![g]!.push(value === null || from === null ? null : value - from);
        });
      });
    }
  }
  return shifts.map((byGroup) => byGroup.map(standardDeviation));
}

/** The groups, and as one more their union. */
export function withUnion(hist: HistogramState): HistogramState {
  const { groups } = hist;
  const each = Array.from({ length: groups }, (_, g) => g);
  const union = regroupHistogram(hist, Array<number>(groups).fill(0), 1);
  const parts = regroupHistogram(hist, each, groups + 1);
  parts.n.set(union.n, groups * slotsOf(hist.bins));
  return parts;
}

function standardDeviation(x: readonly (number | null)[]): number | null {
  if (x.length < 2) return null;
  let sum = 0;
  for (const value of x) {
    if (value === null) return null;
    sum += value;
  }
  const mean = sum / x.length;
  let squares = 0;
  for (const value of x) squares += (value! - mean) * (value! - mean);
  return Math.sqrt(squares / (x.length - 1));
}
