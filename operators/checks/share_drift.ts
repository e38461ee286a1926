import { log } from '../expressions/math/log.js';
import { Problem } from '../problem.js';
import { effectiveEvents, squaresOf, total, type BinSums } from '../statistics/bin_sums.js';
import { homogeneity, type ChiSquare } from '../statistics/homogeneity.js';
import { demand, following, type Check } from './check.js';

export interface ShareDriftConfig {
  /** Σw and Σw² by regime of what the shares are compared with. */
  readonly reference: BinSums;
  /** Wanted mean run length without change, in windows, of all such checks together, and how many there are. */
  readonly runLength: number;
  readonly checks?: number;
}

/** Σw and Σw² by regime in the window. */
export interface ShareInput extends BinSums {
  readonly window: number;
}

export interface ShareDriftState {
  readonly reference: BinSums;
  /** Alarm when −ln p is above this. */
  readonly threshold: number;
  readonly window: number | null;
  readonly since: number | null;
  readonly result: ChiSquare | null;
  /** The regime whose share moved most, in its own errors, and its shares before and now. */
  readonly moved: { readonly regime: number; readonly from: number; readonly to: number } | null;
}

/** Regimes that the reference lets expect fewer effective events of the window than this are tested as one. */
const LEAST = 5;

function pooled({ w, w2 }: BinSums, sparse: readonly boolean[]): BinSums {
  const rows = [...sparse.keys()];
  const of = (x: ArrayLike<number>): number[] => [
    ...rows.filter((i) => !sparse[i]!).map((i) => x[i]!),
    rows.reduce((sum, i) => sum + (sparse[i]! ? x[i]! : 0), 0),
  ];
  return { w: of(w), w2: w2 && of(w2) };
}

/**
 * χ² of the shares of the regimes in a window against reference shares that have errors of their own, with
 * regimes − 1 degrees of freedom; each window is a test by itself.
 *
 * Each entry has the variance that its regime's weights give (homogeneity.ts): one effective number (Σw)²/Σw² for all
 * regimes would be wrong where weights fall with the context. Regimes of fewer than five expected effective events are
 * joined into one (W. G. Cochran, Biometrics 10 (1954) 417). Alarm when p < 1/(run length · checks): the time to a
 * false alarm is geometric with that mean. No statistic (0) for a window without events or a single regime.
 */
export const shareDrift: Check<ShareDriftConfig, ShareInput, ShareDriftState> = {
  name: 'share_drift',
  create({ reference, runLength, checks = 1 }) {
    demand('share_drift', 'runLength', runLength, 1);
    demand('share_drift', 'checks', checks, 1, true);
    const threshold = log(runLength * checks);
    return { reference, threshold, window: null, since: null, result: null, moved: null };
  },
  step(state, { window, w, w2 }) {
    const at = following('share_drift', state.window, window);
    const { reference, threshold } = state;
    if (w.length !== reference.w.length)
      throw new Problem(
        1,
        `Check share_drift: ${w.length} regimes in window ${window}, ${reference.w.length} in its reference`,
      );
    const now: BinSums = { w, w2 };
    const [all, before] = [total(w), total(reference.w)];
    const events = effectiveEvents(now);
    const sparse = Array.from(reference.w, (x) => !((x / before) * events >= LEAST));
    const result = homogeneity(pooled(reference, sparse), pooled(now, sparse));
    if (result === null) return { ...state, window: at, result, since: null, moved: null };

    const [v, u] = [squaresOf(now), squaresOf(reference)];
    let [largest, regime] = [-1, 0];
    for (let i = 0; i < w.length; i++) {
      const change = w[i]! / all - reference.w[i]! / before;
      const variance = v[i]! / (all * all) + u[i]! / (before * before);
      if (!sparse[i]! && variance > 0 && (change * change) / variance > largest)
        [largest, regime] = [(change * change) / variance, i];
    }
    const moved = { regime, from: reference.w[regime]! / before, to: w[regime]! / all };
    return { ...state, window: at, result, since: -result.logP > threshold ? (state.since ?? at) : null, moved };
  },
  finding({ threshold, since, result, moved }) {
    const statistic = result === null ? 0 : -result.logP;
    const words =
      moved === null
        ? 'no shares of two regimes to compare'
        : `the share of regime ${moved.regime} is ${moved.to.toFixed(4)}, it was ${moved.from.toFixed(4)}`;
    const logP = result === null ? null : result.logP;
    return { alarm: statistic > threshold, statistic, threshold, since, shift: null, logP, reason: words };
  },
};
