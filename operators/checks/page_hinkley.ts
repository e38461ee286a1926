import { demand, following, type Check } from './check.js';
import { sidesFinding, type ScoreInput } from './cusum.js';
import { extended, QUIET, type Excursion } from './excursion.js';

/** delta: tolerated change; lambda: threshold. Both in units of x. */
export interface PageHinkleyConfig {
  readonly delta: number;
  readonly lambda: number;
}

export interface PageHinkleyState extends PageHinkleyConfig {
  readonly window: number | null;
  readonly unknown: number;
  /** Windows in the mean, and the mean of x over them. */
  readonly windows: number;
  readonly mean: number;
  readonly high: Excursion;
  readonly low: Excursion;
}

/**
 * Two-sided Page–Hinkley test: m_T = Σ_t≤T (x_t − x̄_t − δ), x̄_t the mean of x_1 .. x_t; alarm while
 * m_T − min_t≤T m_t > λ, and the mirror image for falls.
 *
 * It finds a change against what it has seen itself, where the CUSUM finds a difference from the baseline that x was
 * standardised with. m_T − min m_t obeys the recursion of a CUSUM with k = δ on x_t − x̄_t, and is kept in that form.
 * While in alarm the mean is held. The difference is held at 2λ. A NaN or null counts as unknown.
 *
 * E. S. Page, Biometrika 41 (1954) 100; D. V. Hinkley, "Inference about the change-point from cumulative sum tests",
 * Biometrika 58 (1971) 509.
 */
export const pageHinkley: Check<PageHinkleyConfig, ScoreInput, PageHinkleyState> = {
  name: 'page_hinkley',
  create({ delta, lambda }) {
    demand('page_hinkley', 'delta', delta, 0, true);
    demand('page_hinkley', 'lambda', lambda, 0);
    return { delta, lambda, window: null, unknown: 0, windows: 0, mean: 0, high: QUIET, low: QUIET };
  },
  step(state, { window, x }) {
    const next = { ...state, window: following('page_hinkley', state.window, window) };
    if (x === null || x !== x) return { ...next, unknown: state.unknown + 1 };
    const { delta, lambda, high, low } = state;
    const hold = high.sum > lambda || low.sum > lambda;
    const windows = hold ? state.windows : state.windows + 1;
    const mean = hold ? state.mean : state.mean + (x - state.mean) / windows;
    const excess = x - mean;
    return {
      ...next,
      windows,
      mean,
      high: extended(high, excess, delta, window, 2 * lambda),
      low: extended(low, -excess, delta, window, 2 * lambda),
    };
  },
  finding: ({ high, low, lambda }) => sidesFinding(high, low, lambda),
};
