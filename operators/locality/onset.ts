import { chooseHinge, type Grids } from './hinge_choice.js';
import { poissonReplicate } from './poisson_bootstrap.js';

export interface OnsetInterval {
  /** 95 %, in units of x. */
  readonly low: number;
  readonly high: number;
  readonly low68: number;
  readonly high68: number;
  /** Half the width of the 68 % interval of the slope at the onset. */
  readonly slopeError: number;
}

/**
 * Percentile intervals of the onset over Poisson bootstrap replicates, each fitted anew: plateau, curvature and drift
 * are chosen again, so that the interval knows of the choice (B. Efron, "Estimation and accuracy after model
 * selection", J. Amer. Statist. Assoc. 109 (2014) 991).
 *
 * Even replicates fluctuate about the data, odd ones about the fit. About the data alone, a bin that is off by chance
 * pins the kink to itself in every replicate (of the quarter of samples with the narrowest 95 % intervals, as few as
 * 80 % covered); about the fit alone, the misfit of the curve is unknown (87 % of pulls covered). Together 93 to 99 %.
 */
export function onsetInterval(
  grids: Grids,
  { y, fitted, error }: Readonly<Record<'y' | 'fitted' | 'error', Float64Array>>,
  tolerance: number,
  { seed, replicates }: { readonly seed: number; readonly replicates: number },
): OnsetInterval {
  const onsets = new Float64Array(replicates);
  const slopes = new Float64Array(replicates);
  const replicate = new Float64Array(y.length);
  for (let r = 0; r < replicates; r++) {
    poissonReplicate(seed, r, r % 2 === 0 ? y : fitted, error, replicate);
    const { hinge } = chooseHinge(grids, replicate, tolerance);
    onsets[r] = hinge.onset;
    slopes[r] = hinge.slope;
  }
  onsets.sort();
  slopes.sort();
  return {
    low: quantile(onsets, 0.025),
    high: quantile(onsets, 0.975),
    low68: quantile(onsets, 0.1587),
    high68: quantile(onsets, 0.8413),
    slopeError: (quantile(slopes, 0.8413) - quantile(slopes, 0.1587)) / 2,
  };
}

/** Of sorted values, linear between order statistics (NumPy's default; R. Hyndman & Y. Fan, 1996, type 7). */
function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const i = Math.min(Math.floor(at), sorted.length - 2);
  return sorted[i]! + (at - i) * (sorted[i + 1]! - sorted[i]!);
}
