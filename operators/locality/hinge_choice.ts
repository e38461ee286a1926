import { fitHinge, type Hinge } from './hinge.js';
import type { HingeGrid } from './hinge_grid.js';
import { PENALTY } from './hinge_scan.js';

/** A grid, and the same with a drifting baseline if that may be chosen. */
export type Grids = readonly [HingeGrid, HingeGrid?];

/** What χ² + 2 parameters must gain for the baseline to drift, and its largest share of the slope at the onset. */
const DRIFT_GAIN = 4;
const DRIFT_SHARE = 0.25;

/**
 * The fit on the first grid, or on the second, whose baseline drifts: if that lowers χ² + 2 parameters by more than 4,
 * the drift is less than a quarter of the slope, and up to the onset it stays within `tolerance` (in units of y). A
 * local effect is slow; a curve that bends is no drift, and one that leaves tolerance is no baseline.
 */
export function chooseHinge(
  grids: Grids,
  y: Float64Array,
  tolerance: number,
): { readonly grid: HingeGrid; readonly hinge: Hinge } {
  const [grid, drifting] = grids;
  const hinge = fitHinge(grid, y);
  if (!drifting) return { grid, hinge };
  const other = fitHinge(drifting, y);
  const gain = hinge.chi2 - other.chi2 - PENALTY * (hinge.ndof - other.ndof);
  const slow = Math.abs(other.drift) < DRIFT_SHARE * Math.abs(other.slope);
  const small = Math.abs(other.drift) * (other.onset - drifting.first) <= tolerance;
  return gain > DRIFT_GAIN && slow && small ? { grid: drifting, hinge: other } : { grid, hinge };
}
