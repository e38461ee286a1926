import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { estimate, unknown, type Estimate } from '../response/estimate.js';
import { logChiSquareTail } from '../statistics/chi_square.js';
import { logTwoSided, sigmaOf } from '../statistics/normal_tail.js';
import { sumAt } from '../summaries/exact_sum.js';
import type { MomentsState } from '../summaries/moments.js';

/** What the pulls of the events add up to in the bins of a context variable, or by regime. */
export interface PullSums {
  readonly name: string;
  /** Unweighted moments by bin of the pull z, of z², and of the residual δ − E[δ|local]. */
  readonly pull: MomentsState;
  readonly squared: MomentsState;
  readonly residual: MomentsState;
  /** Covariance of Σz by bin that comes from the fit of the model (cross_fit.ts); null: a model that was not fitted. */
  readonly covariance: Matrix | null;
  /** What the bins are called in a sentence: 'H_T 300–400 GeV'. */
  readonly labels?: readonly string[];
  /** Numbers of the bins in the order of the context, for the trend; null: no order. */
  readonly ordered: boolean;
}

export interface LocalityBin {
  readonly bin: number;
  readonly n: number;
  readonly pullMean: Estimate;
  readonly pullWidth: Estimate;
  /** Mean of δ − E[δ|local]: the bias that the context adds beyond the local response. */
  readonly excess: Estimate;
  /** Share of what the bin knows about its own mean that the local model has taken up; 0 for a declared model. */
  readonly shared: number;
  /** ln of the two-sided p-values of the mean and of the width. */
  readonly logP: number | null;
  readonly logPWidth: number | null;
}

export interface LocalityFamily {
  readonly name: string;
  readonly labels?: readonly string[];
  readonly bins: readonly LocalityBin[];
  readonly chi2: number;
  readonly ndof: number;
  readonly logP: number | null;
  readonly sigma: number | null;
  readonly width: { readonly chi2: number; readonly ndof: number; readonly logP: number | null };
  /** Share of a bias that grows evenly from bin to bin which the local model cannot take up; null without an order. */
  readonly retained: number | null;
}

/** Fewer events do not make a mean of winsorised pulls normal. */
const MIN_EVENTS = 50;
/** Directions in which less of the information is left are left out: local parameters and context say the same there. */
const MIN_RETAINED = 0.02;

/**
 * Tests whether pulls have mean 0 and width 1 in each bin. A bin's mean has the error √C_bb / n, with C the covariance
 * of Σz: the bin's own Σz², less what the fit took up and plus the fit's errors. All means together: χ² = e' C⁻¹ e in
 * the directions that the local model leaves. Widths: √(Σz²/n − mean²), error √((m₄ − m₂²) / (4 m₂ n)) with the larger
 * of the bin's own and the pooled kurtosis. Bins of fewer than 50 events, or of pulls that are all 0, are unknown.
 * The omitted-variable (score) test of C. R. Rao, Proc. Camb. Phil. Soc. 44 (1948) 50, on cross-fitted residuals.
 */
export function localityFamily(sums: PullSums): LocalityFamily {
  const { name, pull } = sums;
  const used = [...pull.n.keys()].filter((bin) => pull.n[bin]! >= MIN_EVENTS && sumAt(pull.sums, 3 * bin + 1) > 0);
  const covariance = covarianceOf(sums);
  const pooled = kurtosis(sums);
  const bins = [...pull.n.keys()].map((bin) => binOf(sums, covariance, bin, pooled));
  const e = used.map((bin) => sumAt(pull.sums, 3 * bin));
  const { chi2, ndof, retained } = jointly(
    e,
    used.map((bin) => used.map((other) => covariance.get(bin, other))),
    used.map((bin) => sumAt(pull.sums, 3 * bin + 1)),
    used,
  );
  const logP = ndof > 0 ? logChiSquareTail(chi2, ndof) : null;
  const widths = used.flatMap((bin) => {
    const { value, error } = bins[bin]!.pullWidth;
    return value === null || error === null || error === 0 ? [] : [((value - 1) / error) ** 2];
  });
  const widthChi2 = widths.reduce((sum, x) => sum + x, 0);
  return {
    name,
    ...(sums.labels ? { labels: sums.labels } : {}),
    bins,
    chi2,
    ndof,
    logP,
    sigma: logP === null ? null : sigmaOf(logP),
    width: {
      chi2: widthChi2,
      ndof: widths.length,
      logP: widths.length > 0 ? logChiSquareTail(widthChi2, widths.length) : null,
    },
    retained: sums.ordered && sums.covariance !== null ? retained : null,
  };
}

/** Covariance of Σz: Σz² of each bin on the diagonal, and the model's share. */
function covarianceOf({ pull, covariance }: PullSums): Matrix {
  const bins = pull.n.length;
  const out = covariance === null ? Matrix.zeros(bins, bins) : covariance.clone();
  for (let bin = 0; bin < bins; bin++) out.set(bin, bin, out.get(bin, bin) + sumAt(pull.sums, 3 * bin + 1));
  return out;
}

/** m₄ / m₂² of all pulls together. */
function kurtosis({ pull, squared }: PullSums): number {
  const sum = (moments: MomentsState, which: 0 | 1): number =>
    [...moments.n.keys()].reduce((total, bin) => total + sumAt(moments.sums, 3 * bin + which), 0);
  const n = pull.n.reduce((total, each) => total + each, 0);
  const m2 = sum(pull, 1) / n;
  return sum(squared, 1) / n / (m2 * m2);
}

function binOf({ pull, squared, residual }: PullSums, covariance: Matrix, bin: number, pooled: number): LocalityBin {
  const n = pull.n[bin]!;
  const second = sumAt(pull.sums, 3 * bin + 1);
  if (n < MIN_EVENTS || second === 0) {
    const why = unknown(n < MIN_EVENTS ? `${n} events, ${MIN_EVENTS} are needed` : 'every pull is 0');
    return { bin, n, pullMean: why, pullWidth: why, excess: why, shared: 0, logP: null, logPWidth: null };
  }
  const mean = sumAt(pull.sums, 3 * bin) / n;
  const error = Math.sqrt(Math.max(0, covariance.get(bin, bin))) / n;
  const m2 = second / n;
  // Few events may hold none of the tail that makes a width uncertain: never a lower kurtosis than that of all.
  const m4 = Math.max(sumAt(squared.sums, 3 * bin + 1) / n, pooled * m2 * m2);
  const width = Math.sqrt(Math.max(0, m2 - mean * mean));
  const widthError = Math.sqrt(Math.max(0, m4 - m2 * m2) / (4 * m2 * n));
  const spread = Math.sqrt(sumAt(residual.sums, 3 * bin + 1) / second);
  return {
    bin,
    n,
    pullMean: estimate(mean, error),
    pullWidth: estimate(width, widthError),
    excess: estimate(sumAt(residual.sums, 3 * bin) / n, error * spread),
    shared: Math.min(1, Math.max(0, 1 - covariance.get(bin, bin) / second)),
    logP: error > 0 ? logTwoSided(mean / error) : null,
    logPWidth: widthError > 0 ? logTwoSided((width - 1) / widthError) : null,
  };
}

/** χ² of e in the eigenvectors of its covariance, in units of each bin's own error. */
function jointly(
  e: readonly number[],
  covariance: readonly (readonly number[])[],
  own: readonly number[],
  order: readonly number[],
): { chi2: number; ndof: number; retained: number } {
  if (e.length === 0) return { chi2: 0, ndof: 0, retained: 0 };
  const scale = own.map(Math.sqrt);
  const unit = new Matrix(covariance.map((row, a) => row.map((c, b) => c / (scale[a]! * scale[b]!))));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(unit, { assumeSymmetric: true });
  let chi2 = 0;
  let ndof = 0;
  realEigenvalues.forEach((value, d) => {
    if (value < MIN_RETAINED) return;
    const along = e.reduce((sum, x, a) => sum + (eigenvectorMatrix.get(a, d) * x) / scale[a]!, 0);
    chi2 += (along * along) / value;
    ndof++;
  });
  // A step from bin to bin, with its mean taken off: a constant is always local.
  const total = own.reduce((sum, x) => sum + x, 0);
  const middle = order.reduce((sum, bin, a) => sum + bin * own[a]!, 0) / total;
  const trend = order.map((bin, a) => (bin - middle) * scale[a]!);
  const norm = trend.reduce((sum, x) => sum + x * x, 0);
  const left = trend.reduce((sum, x, a) => sum + x * trend.reduce((s, y, b) => s + unit.get(a, b) * y, 0), 0);
  return { chi2, ndof, retained: norm > 0 ? Math.min(1, Math.max(0, left / norm)) : 0 };
}
