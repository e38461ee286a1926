import { exp } from '../expressions/math/exp.js';
import { Problem } from '../problem.js';
import { isSeed } from '../random/seed.js';
import { sigmaOf } from '../statistics/normal_tail.js';
import type { ContextProfile } from './context_profile.js';
import { hingeCurve, hingeEffect, type Hinge } from './hinge.js';
import { chooseHinge, type Grids } from './hinge_choice.js';
import { hingeGrid } from './hinge_grid.js';
import { joinBins } from './join_bins.js';
import { lookElsewhere } from './look_elsewhere.js';
import { lowestBin } from './lowest_bin.js';
import { onsetInterval, type OnsetInterval } from './onset.js';

export interface DangerZoneOptions {
  /** How far the quantity may be off its baseline, in its own unit. */
  readonly tolerance: number;
  /** The value that is right, if known (0 for the mean of a pull, 1 for its width); else fitted below the onset. */
  readonly baseline?: number;
  /** Probability of finding an onset where there is none. */
  readonly level: number;
  readonly seed: number;
  /** Bootstrap replicates; at least 40. */
  readonly replicates: number;
  /** Events that a joined bin holds at least; 100 if not given. */
  readonly floor?: number;
}

export interface DangerZone extends OnsetInterval {
  readonly variable: string;
  readonly onset: number;
  readonly slope: number;
  /** The fit, for drawing; see `Hinge`. */
  readonly hinge: Hinge;
  /** Low edge of the lowest bin above which every bin is beyond tolerance, or why there is none. */
  readonly from: number | null;
  readonly fromReason?: string;
  /** Size of the evidence for an onset, after the look-elsewhere correction, as a two-sided number of sigma. */
  readonly significance: number;
  readonly chi2: number;
  readonly ndof: number;
  /** Events in the fit, and events of bins whose value is unknown. */
  readonly n: number;
  readonly unknown: number;
}

export type DangerZoneResult = DangerZone | { readonly reason: string };

const FLOOR = 100;
const FEWEST_BINS = 8;
/** The lowest bin is sought among coarser bins, of this many floors: one bin too poor to tell would end the search. */
const LOWEST_BIN_FLOORS = 3;

/**
 * From which value of a context variable on a quantity leaves tolerance: the onset of a hinge (see `Hinge`) on bins
 * joined to at least `floor` events, with its bootstrap intervals; or the reason why there is none.
 *
 * An onset must be significant (probability ≤ `level` without one, wherever it were) and relevant (the fitted effect
 * in some bin beyond `tolerance` by more than its own standard error). When a
 * fitted baseline may drift: see `chooseHinge`.
 */
export function dangerZone(profile: ContextProfile, options: DangerZoneOptions): DangerZoneResult {
  const { tolerance, baseline, level, seed, replicates, floor = FLOOR } = options;
  if (!(tolerance >= 0)) throw new Problem(1, `tolerance ${tolerance} of a danger zone: give 0 or more`);
  if (!(level > 0 && level < 1))
    throw new Problem(1, `level ${level} of a danger zone: give a probability between 0 and 1`);
  if (!isSeed(seed)) throw new Problem(1, `seed ${seed} of a danger zone: give an integer from 0 to 4294967295`);
  if (!(replicates >= 40)) throw new Problem(1, `replicates ${replicates} of a danger zone: give at least 40`);
  const joined = joinBins(profile, floor);
  const { variable, centre, value, error } = joined;
  const n = joined.n.reduce((sum, each) => sum + each, 0);
  if (value.length < FEWEST_BINS) {
    return {
      reason: `too few events: ${n} fill ${value.length} ${variable} bins of at least ${floor}, ${FEWEST_BINS} are needed`,
    };
  }
  const y = baseline === undefined ? value : value.map((each) => each - baseline);
  const straight = hingeGrid(centre, error, baseline === undefined ? 'constant' : 'known');
  let grids: Grids = baseline === undefined ? [straight, hingeGrid(centre, error, 'line')] : [straight];
  let { grid, hinge } = chooseHinge(grids, y, tolerance);
  let logP = lookElsewhere(grid, hinge.straightGain);
  if (grid !== straight && exp(logP) > level) {
    // The drift alone explains the data as well as an onset would: then it is the drift that leaves tolerance.
    grids = [straight];
    ({ grid, hinge } = chooseHinge(grids, y, tolerance));
    logP = lookElsewhere(grid, hinge.straightGain);
  }
  const significance = sigmaOf(logP);
  const at = `onset in ${variable}, at ${hinge.onset.toPrecision(3)},`;
  if (exp(logP) > level) {
    const chance = exp(logP).toPrecision(2);
    return {
      reason: `the best ${at} is not significant: without any, one as strong has probability ${chance}, above ${level}`,
    };
  }
  const effect = centre.reduce((most, x) => Math.max(most, Math.abs(hingeEffect(hinge, x))), 0);
  const size = effect * (1 - 1 / Math.sqrt(hinge.straightGain));
  if (!(size > tolerance)) {
    return {
      reason: `no ${variable} bin is beyond ${tolerance} by more than its error: the ${at} leads to ${effect.toPrecision(3)} at most`,
    };
  }
  const lowest = lowestBin(joinBins(profile, LOWEST_BIN_FLOORS * floor), baseline ?? hinge.baseline, tolerance);
  const fitted = centre.map((x) => hingeCurve(hinge, x));
  const interval = onsetInterval(grids, { y, fitted, error }, tolerance, { seed, replicates });
  return {
    variable,
    onset: hinge.onset,
    ...interval,
    slope: hinge.slope,
    hinge: baseline === undefined ? hinge : { ...hinge, baseline },
    ...('from' in lowest ? { from: lowest.from } : { from: null, fromReason: lowest.reason }),
    ...{ significance, chi2: hinge.chi2, ndof: hinge.ndof, n, unknown: joined.unknown },
  };
}
