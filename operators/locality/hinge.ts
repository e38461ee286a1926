import { BASELINE_PARAMETERS, fitBaseline } from './baseline.js';
import type { HingeGrid } from './hinge_grid.js';
import { bestHinge } from './hinge_scan.js';

/**
 * y = baseline + drift (x − onset) + slope (min(x, plateau) − onset)₊ / (1 + curvature (x − onset)₊).
 *
 * `curvature` ≥ 0 in 1/x is for a pull: an effect that grows linearly, seen through a resolution that grows linearly.
 * Fitted as a straight hinge, such a curve would put the onset far too low.
 */
export interface Hinge {
  readonly onset: number;
  /** Just above the onset, in units of y per unit of x. */
  readonly slope: number;
  /** At the onset. */
  readonly baseline: number;
  readonly drift: number;
  /** Infinite if the effect goes on growing. */
  readonly plateau: number;
  readonly curvature: number;
  readonly chi2: number;
  readonly ndof: number;
  /** χ² of the baseline alone less that of the best straight hinge without a plateau: the significance rests on it. */
  readonly straightGain: number;
}

/**
 * The weighted least-squares hinge through y, on the grid of the bins' x and errors; onset and plateau as in
 * D. J. Hudson, "Fitting segmented curves whose join points have to be estimated", J. Amer. Statist. Assoc. 61 (1966)
 * 1097, by a scan. With a known baseline its value has to be taken off y before.
 */
export function fitHinge(grid: HingeGrid, y: Float64Array): Hinge {
  const { t, first, span, weight } = grid;
  const residual = new Float64Array(y.length);
  fitBaseline(grid.baseline, t, weight, y, residual);
  const best = bestHinge(grid, residual);
  const { shape, curvature } = grid.families[best.family]!;
  const scale = best.norm > 0 ? best.dot / best.norm : 0;
  const effect = t.map((each, i) => scale * Math.max(0, Math.min(each, best.p) - best.h) * shape[i]!);
  const below = fitBaseline(
    grid.baseline,
    t,
    weight,
    y.map((each, i) => each - effect[i]!),
  );
  const parameters = 2 + BASELINE_PARAMETERS[grid.baseline] + (curvature > 0 ? 1 : 0) + (best.p < Infinity ? 1 : 0);
  return {
    onset: first + span * best.h,
    slope: scale / (1 + curvature * best.h) / span,
    baseline: below.level + below.drift * best.h,
    drift: below.drift / span,
    plateau: first + span * best.p,
    curvature: curvature / (1 + curvature * best.h) / span,
    chi2: below.chi2,
    ndof: y.length - parameters,
    straightGain: best.straightGain,
  };
}

/** What a hinge adds to its baseline at x. */
export const hingeEffect = ({ onset, plateau, slope, curvature }: Hinge, x: number): number =>
  (slope * Math.max(0, Math.min(x, plateau) - onset)) / (1 + curvature * Math.max(0, x - onset));

/** The fitted curve at x. */
export const hingeCurve = (hinge: Hinge, x: number): number =>
  hinge.baseline + hinge.drift * (x - hinge.onset) + hingeEffect(hinge, x);
