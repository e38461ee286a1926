import { studentScore } from '../statistics/student_score.js';
import { demand, following } from './check.js';

/** What is known of a quantity in a window: its value, its standard error and the (effective) number of events. */
export interface Measured {
  readonly value: number | null;
  readonly error: number | null;
  readonly n: number;
}

export interface StandardiseConfig {
  /** Windows that are only learned from, before the first score. */
  readonly learn: number;
  /** Whether the windows after them go on teaching the baseline, as long as no check that reads it is in alarm. */
  readonly follow: boolean;
  /**
   * Degrees of freedom that the stated errors are worth: 0: only the scatter of windows counts, ∞: only the errors.
   * Twenty bears errors that are wrong by a third and loses little power with ten learned windows.
   */
  readonly trust: number;
  /** The baseline of a reference instead of learned windows; `learn` is then 0. */
  readonly reference?: { readonly value: number; readonly error: number; readonly n: number };
}

export interface StandardiseState {
  readonly learn: number;
  readonly follow: boolean;
  readonly trust: number;
  readonly window: number | null;
  /** Windows with a value so far. */
  readonly known: number;
  /** The baseline: events, their mean value and variance per event. */
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
  /** Recursive residuals of the windows in the baseline: sum of squares and number. */
  readonly squares: number;
  readonly dof: number;
  /** The score of the last window; null: it has none. */
  readonly score: number | null;
}

export function createStandardise({ learn, follow, trust, reference }: StandardiseConfig): StandardiseState {
  demand('standardise', 'trust', trust, 0, true);
  // Without trust in the errors, two residuals are the least that a scale can be had from.
  demand('standardise', 'learn', learn, reference ? 0 : trust > 0 ? 1 : 3, true);
  const [n, mean] = reference ? [reference.n, reference.value] : [0, 0];
  const variance = reference ? reference.n * reference.error * reference.error : 0;
  return { learn, follow, trust, window: null, known: 0, n, mean, variance, squares: 0, dof: 0, score: null };
}

/**
 * The score of a window: how far its value lies from the baseline, as a standard normal number.
 *
 * r = (value − mean) / √(v (1/n + 1/N)): mean and v = Σ n · (n error²) / N are those of the N events of the baseline,
 * so the baseline's own error widens r; weights are events and not 1/error², because for a skewed δ value and error of
 * a window are correlated. The scale is s² = (trust + Σ r²)/(trust + m) over the m earlier residuals of the baseline,
 * and the score is r/s brought from Student's t with trust + m degrees of freedom to a normal (student_score.ts).
 *
 * With `follow`, the r of a Gaussian quantity are independent and standard normal however few windows were learned
 * (recursive residuals: R. L. Brown, J. Durbin, J. M. Evans, J. R. Stat. Soc. B 37 (1975) 149; the self-starting CUSUM
 * of D. M. Hawkins, The Statistician 36 (1987) 299), so that thresholds for a known mean hold. Without it all r share
 * the baseline's error, and thresholds must be wider (run_length.ts). `hold` keeps a window out of the baseline.
 * A window without a value, or with an error that is not above 0, has no score and teaches nothing.
 */
export function standardise(
  state: StandardiseState,
  { window, value, error, n, hold }: Measured & { readonly window: number; readonly hold: boolean },
): StandardiseState {
  const at = following('standardise', state.window, window);
  if (value === null || error === null || value !== value || !(error > 0) || !(n > 0))
    return { ...state, window: at, score: null };
  const { learn, follow, trust, known } = state;
  const baseline = state.n > 0;
  const r = baseline ? (value - state.mean) / Math.sqrt(state.variance * (1 / n + 1 / state.n)) : 0;
  const dof = trust + state.dof;
  const scale = trust === Infinity ? 1 : Math.sqrt((trust + state.squares) / dof);
  const score = known < learn || !baseline ? null : studentScore(r / scale, dof);
  const seen = { ...state, window: at, known: known + 1, score };
  if (known >= learn && (!follow || hold)) return seen;
  const events = state.n + n;
  return {
    ...seen,
    n: events,
    mean: state.mean + (value - state.mean) * (n / events),
    variance: state.variance + (n * error * error - state.variance) * (n / events),
    squares: state.squares + r * r,
    dof: baseline ? state.dof + 1 : 0,
  };
}
