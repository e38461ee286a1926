import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { likelihood, type Likelihood } from './likelihood.js';
import { boundAt, indexOf, internal, NAMES, type Name } from './parameters.js';
import type { Spectrum } from './spectrum.js';

export interface Fitted {
  /** All parameters, see parameters.ts. */
  readonly p: Float64Array;
  /** Standard errors; NaN for a parameter that was not fitted, or was held at a bound. */
  readonly errors: Float64Array;
  /** What was fitted to the end, and what ran into a bound and was held there. */
  readonly fitted: readonly Name[];
  readonly atBound: readonly Name[];
  readonly logLikelihood: number;
  readonly iterations: number;
  /** Why the fit did not converge. */
  readonly reason?: string;
}

const MAX_ITERATIONS = 200;
/** Converged where the likelihood is this far below its maximum: 1.4e-4 of a standard error. */
const CLOSE = 1e-8;
/** What no longer matters once a parameter is held at a bound: the power of a tail that is not there, ... */
const IDLE: Partial<Record<Name, { readonly below: boolean; readonly idle: Name }>> = {
  alpha: { below: false, idle: 'n' },
  alphaHigh: { below: false, idle: 'nHigh' },
  fraction: { below: true, idle: 'slope' },
};
const APART = 'the parameters cannot be told apart';

/**
 * Maximum likelihood (likelihood.ts) by Fisher scoring with Levenberg–Marquardt damping over the parameters `names`, from
 * `start`. Bounds by a logistic transformation; a parameter that the likelihood pushes into one is held there.
 *
 * Errors: for counts (`weighted` false) from the inverse of the expected information I; for weights I⁻¹ V I⁻¹ with the
 * variance V of the gradient, right for any weights, negative ones too (C. Langenbruch, Eur. Phys. J. C 82 (2022) 393).
 * They are those of a model that describes the data: a misfit is not in them.
 */
export function fisherScoring(
  spectrum: Spectrum,
  start: Float64Array,
  names: readonly Name[],
  weighted: boolean,
): Fitted {
  let free = names.map(indexOf);
  let a = Float64Array.from(start, (value, index) => (free.includes(index) ? internal(index, value) : NaN));
  let point = likelihood(spectrum, start, a, free);
  const atBound: Name[] = [];
  let damping = 1e-3;
  let iterations = 0;
  const end = (reason?: string): Fitted => ({
    p: point.p,
    errors: errorsOf(point, weighted),
    fitted: free.map((index) => NAMES[index]!),
    atBound,
    logLikelihood: point.log,
    iterations,
    ...(reason === undefined ? {} : { reason }),
  });

  for (; iterations < MAX_ITERATIONS; iterations++) {
    const held = heldAt(point, a);
    if (held !== undefined) {
      const name = NAMES[held.index]!;
      if (name === 'shift') return end('no peak is found near the Z');
      atBound.push(name);
      const idle = IDLE[name];
      const dropped = idle?.below === a[held.index]! < 0 ? indexOf(idle.idle) : held.index;
      free = free.filter((index) => index !== held.index && index !== dropped);
      point = likelihood(spectrum, point.p.with(held.index, held.bound), a, free);
    }
    if (!Number.isFinite(point.log)) return end('the likelihood is not finite');
    const full = stepOf(point, 0);
    if (full !== undefined && gain(point, full) < CLOSE) return end();

    let accepted = false;
    while (!accepted && damping < 1e12) {
      const step = stepOf(point, damping);
      const next = a.slice();
      // No further than one unit of the logistic at a time: its far ends are flat.
      free.forEach((index, k) => (next[index]! += Math.max(-1, Math.min(1, step?.[k] ?? 0))));
      const tried = likelihood(spectrum, point.p, next, free);
      const gained = step === undefined ? 0 : (tried.log - point.log) / gain(point, step);
      accepted = gained > 0;
      if (accepted) [point, a] = [tried, next];
      // The share of the promise that was kept: where it is small, a full step goes too far.
      damping = gained > 0.75 ? Math.max(damping / 5, 1e-9) : gained > 0.25 ? damping : Math.max(4 * damping, 0.05);
    }
    // Rounding hides what is left to gain.
    if (!accepted) return full !== undefined && gain(point, full) < 1e-6 ? end() : end(APART);
  }
  return end(`no convergence in ${MAX_ITERATIONS} steps`);
}

/** A free parameter that lies at a bound while the likelihood pushes it on. */
function heldAt({ free, gradient }: Likelihood, a: Float64Array): { index: number; bound: number } | undefined {
  for (const [k, index] of free.entries()) {
    const bound = boundAt(index, a[index]!);
    if (bound !== undefined && gradient[k]! * a[index]! >= 0) return { index, bound };
  }
  return undefined;
}

/** What the likelihood gains by a full step, if it is a parabola. */
const gain = ({ gradient }: Likelihood, step: readonly number[]): number =>
  step.reduce((sum, by, k) => sum + by * gradient[k]!, 0) / 2;

function factor({ information, free }: Likelihood, damping: number): CholeskyDecomposition | undefined {
  const size = free.length;
  const matrix = Matrix.from1DArray(size, size, Array.from(information));
  for (let k = 0; k < size; k++) matrix.set(k, k, matrix.get(k, k) * (1 + damping));
  const cholesky = new CholeskyDecomposition(matrix);
  return cholesky.isPositiveDefinite() ? cholesky : undefined;
}

/** (I + damping · diag I)⁻¹ gradient; undefined where I is not positive definite. */
const stepOf = (point: Likelihood, damping: number): number[] | undefined =>
  factor(point, damping)
    ?.solve(Matrix.columnVector(Array.from(point.gradient)))
    .to1DArray();

function errorsOf(point: Likelihood, weighted: boolean): Float64Array {
  const { free, slopes, variance } = point;
  const errors = new Float64Array(NAMES.length).fill(NaN);
  const inverse = factor(point, 0)?.solve(Matrix.eye(free.length));
  if (inverse === undefined) return errors;
  const spread = Matrix.from1DArray(free.length, free.length, Array.from(variance));
  const covariance = weighted ? inverse.mmul(spread).mmul(inverse) : inverse;
  free.forEach((index, k) => (errors[index] = Math.sqrt(covariance.get(k, k)) * Math.abs(slopes[k]!)));
  return errors;
}
