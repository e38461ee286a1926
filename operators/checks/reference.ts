import { log } from '../expressions/math/log.js';
import { Problem } from '../problem.js';
import { joinedStarts, regrouped, type BinSums } from '../statistics/bin_sums.js';
import { homogeneity, type ChiSquare } from '../statistics/homogeneity.js';
import { kolmogorovDistance, type KolmogorovDistance } from '../statistics/kolmogorov_distance.js';
import { wasserstein, type Wasserstein } from '../statistics/wasserstein.js';
import { demand, following, type Check } from './check.js';

export interface ReferenceConfig {
  /** Edges of the bins; the sums have an underflow and an overflow bin besides. */
  readonly edges: readonly number[];
  readonly reference: BinSums;
  /** Wanted mean run length without change, in windows, of all such checks together, and how many there are. */
  readonly runLength: number;
  readonly checks?: number;
}

export interface HistogramInput extends BinSums {
  readonly window: number;
}

export interface ReferenceState {
  readonly edges: readonly number[];
  readonly reference: BinSums;
  readonly threshold: number;
  readonly window: number | null;
  readonly since: number | null;
  /** null: an empty window, or fewer than two bins with enough entries. */
  readonly chiSquare: ChiSquare | null;
  readonly kolmogorov: KolmogorovDistance | null;
  readonly wasserstein: Wasserstein | null;
}

/** Bins are joined for χ² until either sample has this many effective entries in each. */
const LEAST = 10;
const TESTS = 3;

/** ln of the smallest p-value times the number of tests (Bonferroni), at most 0; null: no test was possible. */
function smallest({ chiSquare, kolmogorov, wasserstein }: ReferenceState): number | null {
  const known = [chiSquare, kolmogorov, wasserstein].flatMap((test) =>
    test === null || test.logP !== test.logP ? [] : [test.logP],
  );
  return known.length === 0 ? null : Math.min(0, log(TESTS) + Math.min(...known));
}

/**
 * A window's histogram against a reference: χ² of homogeneity (any difference; homogeneity.ts), Kolmogorov–Smirnov
 * (the bulk; kolmogorov_distance.ts) and Wasserstein-1 (by how much, in units of the axis; wasserstein.ts).
 *
 * For χ², neighbouring bins are joined from the left until both samples have at least ten effective entries.
 * Alarm when the smallest p-value times three is below 1/(run length · checks). Sums with a negative total, and empty
 * windows, have no result.
 */
export const reference: Check<ReferenceConfig, HistogramInput, ReferenceState> = {
  name: 'reference',
  create({ edges, reference, runLength, checks = 1 }) {
    demand('reference', 'runLength', runLength, 1);
    demand('reference', 'checks', checks, 1, true);
    const slots = edges.length + 1;
    if (reference.w.length !== slots)
      throw new Problem(
        2,
        `Check reference: ${reference.w.length} sums for ${edges.length} edges; give ${slots}, with both flow bins`,
      );
    const none = { window: null, since: null, chiSquare: null, kolmogorov: null, wasserstein: null };
    return { edges, reference, threshold: log(runLength * checks), ...none };
  },
  step(state, { window, w, w2 }) {
    const at = following('reference', state.window, window);
    const { edges, reference: before, threshold } = state;
    const now: BinSums = { w, w2 };
    const starts = joinedStarts(before, now, LEAST);
    const joined = (x: BinSums): BinSums => ({ w: regrouped(x.w, starts), w2: x.w2 && regrouped(x.w2, starts) });
    const next: ReferenceState = {
      ...state,
      window: at,
      chiSquare: homogeneity(joined(before), joined(now)),
      kolmogorov: kolmogorovDistance(before, now),
      wasserstein: wasserstein(before, now, edges),
    };
    const logP = smallest(next);
    return { ...next, since: logP !== null && -logP > threshold ? (state.since ?? at) : null };
  },
  finding(state) {
    const { threshold, since, wasserstein: moved } = state;
    const logP = smallest(state);
    const statistic = logP === null ? 0 : -logP;
    const words =
      moved === null
        ? 'no entries to compare'
        : `${moved.distance.toPrecision(3)} from the reference, ${moved.expected.toPrecision(3)} without change`;
    return { alarm: statistic > threshold, statistic, threshold, since, shift: null, logP, reason: words };
  },
};
