import { demand, following, type Check, type Finding } from './check.js';
import { extended, meanOf, QUIET, type Excursion } from './excursion.js';

/** k: half of the shift to be found soonest; h: the decision interval. Both in sigma. */
export interface CusumConfig {
  readonly k: number;
  readonly h: number;
}

/** x: a standardised quantity of the window (see standardise.ts); null: unknown, the sums stay as they are. */
export interface ScoreInput {
  readonly window: number;
  readonly x: number | null;
}

export interface CusumState extends CusumConfig {
  readonly window: number | null;
  readonly unknown: number;
  readonly high: Excursion;
  readonly low: Excursion;
}

/** What the larger of the two excursions says. */
export function sidesFinding(high: Excursion, low: Excursion, h: number): Finding {
  const [side, sign] = high.sum >= low.sum ? [high, 1] : [low, -1];
  const { sum, since } = side;
  const shift = since === null ? null : sign * meanOf(side);
  return { alarm: sum > h, statistic: sum, threshold: h, since, shift, logP: null, reason: null };
}

/**
 * Two-sided tabular CUSUM: C⁺ = max(0, C⁺ + x − k), C⁻ = max(0, C⁻ − x − k), from 0; alarm while either is above h.
 *
 * `since` is the first window after the sum was last 0, the maximum-likelihood estimate of when the change came;
 * `shift` is k + C/N over the N windows from there on. A sum is held at 2h, so that a quantity that has come back is
 * quiet again after a few windows; this changes nothing before an alarm. A NaN counts as unknown.
 *
 * E. S. Page, "Continuous inspection schemes", Biometrika 41 (1954) 100; D. C. Montgomery, Introduction to Statistical
 * Quality Control, 9.1.
 */
export const cusum: Check<CusumConfig, ScoreInput, CusumState> = {
  name: 'cusum',
  create({ k, h }) {
    demand('cusum', 'k', k, 0, true);
    demand('cusum', 'h', h, 0);
    return { k, h, window: null, unknown: 0, high: QUIET, low: QUIET };
  },
  step(state, { window, x }) {
    const next = { ...state, window: following('cusum', state.window, window) };
    if (x === null || x !== x) return { ...next, unknown: state.unknown + 1 };
    const { k, h, high, low } = state;
    return { ...next, high: extended(high, x, k, window, 2 * h), low: extended(low, -x, k, window, 2 * h) };
  },
  finding: ({ high, low, h }) => sidesFinding(high, low, h),
};
