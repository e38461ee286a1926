import { sumAt } from '../../operators/summaries/exact_sum.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { variance } from '../../operators/summaries/variance.js';

/** Windows before the change that are needed to know how a variance scatters. */
const FEWEST = 3;

/**
 * Change of the variance by regime between the windows before index `at` and the others, in standard errors. `moments`
 * has a group for each window and regime (window · regimes + regime). The error comes from the scatter of the windows
 * before the change, s² = Σ n_w (v_w − v̄)² / (W − 1) for one event, so no shape is assumed: √(s² (1/n_0 + 1/n_1)).
 * 0 for a regime with fewer than three such windows, or without events on one side.
 */
export function widthsChanged(moments: MomentsState, regimes: number, at: number): number[] {
  const windows = moments.n.length / regimes;
  return [...Array(regimes).keys()].map((regime) => {
    const rows = [...Array(windows).keys()].map((window) => varianceOf(moments, window * regimes + regime));
    const [before, after] = [rows.slice(0, at), rows.slice(at)].map((part) => part.filter(({ n }) => n > 1));
    if (before!.length < FEWEST || after!.length === 0) return 0;
    const [was, is] = [joined(before!), joined(after!)];
    const scatter = before!.reduce((sum, { n, v }) => sum + n * (v - was.v) ** 2, 0) / (before!.length - 1);
    const error = Math.sqrt(scatter * (1 / was.n + 1 / is.n));
    return error > 0 ? Math.abs(is.v - was.v) / error : 0;
  });
}

interface Variance {
  readonly n: number;
  readonly v: number;
}

function varianceOf({ n: counts, sums }: MomentsState, group: number): Variance {
  const n = counts[group]!;
  return { n, v: n > 1 ? variance(sumAt(sums, 3 * group + 1) / n, sumAt(sums, 3 * group) / n) * (n / (n - 1)) : 0 };
}

function joined(rows: readonly Variance[]): Variance {
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  return { n, v: rows.reduce((sum, row) => sum + row.n * row.v, 0) / n };
}
