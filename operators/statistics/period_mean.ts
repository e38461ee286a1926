import { estimate, unknown, type Estimate } from '../response/estimate.js';
import { logChiSquareTail } from './chi_square.js';

/** A quantity of a window and the number of events behind it. */
export interface Measurement extends Estimate {
  readonly n: number;
}

export interface PeriodMean extends Estimate {
  readonly n: number;
  /** Windows that have it. */
  readonly windows: number;
  /** Whether the windows scatter as their errors say; null: fewer than two of them. */
  readonly scatter: { readonly chi2: number; readonly dof: number; readonly logP: number } | null;
}

/**
 * Mean of a quantity over windows that share no event: Σ n v / Σ n, error √(Σ n² e²) / Σ n; for means it is the mean of
 * all their events. Windows without value, error or events are left out; without any it is unknown.
 *
 * `scatter` is Cochran's Q = Σ (v − v̄)²/e² about the mean v̄ of weights 1/e², χ² with windows − 1 degrees of freedom if
 * the quantity is the same in all (W. G. Cochran, "The combination of estimates from different experiments", Biometrics
 * 10 (1954) 101). The error does not grow with it: where p is small the period is not one.
 */
export function periodMean(windows: readonly Measurement[]): PeriodMean {
  const known = windows.flatMap(({ value, error, n }) =>
    value !== null && error !== null && error > 0 && n > 0 ? [{ value, error, n }] : [],
  );
  const n = known.reduce((sum, one) => sum + one.n, 0);
  if (n === 0) return { ...unknown('no window has it'), n: 0, windows: 0, scatter: null };
  const value = known.reduce((sum, one) => sum + one.n * one.value, 0) / n;
  const error = Math.sqrt(known.reduce((sum, one) => sum + one.n * one.error * (one.n * one.error), 0)) / n;
  return { ...estimate(value, error), n, windows: known.length, scatter: scatterOf(known) };
}

function scatterOf(known: readonly { value: number; error: number }[]): PeriodMean['scatter'] {
  if (known.length < 2) return null;
  let [w, wv] = [0, 0];
  for (const { value, error } of known) {
    w += 1 / (error * error);
    wv += value / (error * error);
  }
  const chi2 = known.reduce(
    (sum, { value, error }) => sum + ((value - wv / w) * (value - wv / w)) / (error * error),
    0,
  );
  return { chi2, dof: known.length - 1, logP: logChiSquareTail(chi2, known.length - 1) };
}
