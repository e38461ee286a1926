import { sumOfSquares, sumOfWeights } from '../response/effective_n.js';
import { estimate, unknown, type Estimate } from '../response/estimate.js';
import { effectiveEvents, joinedStarts, regrouped, squaresOf, total, type BinSums } from '../statistics/bin_sums.js';
import { homogeneity } from '../statistics/homogeneity.js';
import { kolmogorovDistance } from '../statistics/kolmogorov_distance.js';
import { wasserstein } from '../statistics/wasserstein.js';
import { slotsOf, type Bins, type HistogramState } from '../summaries/histogram.js';

export interface SpectrumDistance {
  /** First Wasserstein distance, in units of the axis. */
  readonly wasserstein: Estimate;
  /** Kolmogorov's D, the largest distance of the two distribution functions. */
  readonly kolmogorov: Estimate;
  /** χ² of the two shapes over its degrees of freedom. */
  readonly chi2PerBin: Estimate;
  /** What two independent samples of one distribution have on average. */
  readonly expected: {
    readonly wasserstein: number | null;
    readonly kolmogorov: number | null;
    readonly chi2PerBin: 1;
  };
}

/** Mean of Kolmogorov's law, √(π/2) ln 2. */
const MEAN_KOLMOGOROV = 0.8687311606361592;
/** Effective events of either sample in a bin of the χ². */
const LEAST = 10;

/**
 * How far two spectra on the same bins are from each other, each as a share of its own Σw: a mass before or after a
 * correction against the truth. Flow bins count as if at the ends of the axis, NaN entries take no part.
 *
 *   W1 = ∫ |F − G| dx; error by its influence function: √(Var_F(h) / n_F + Var_G(h) / n_G), h(x) = ∫^x sign(F − G) dt
 *   D = max |F − G| over the edges; error that of F − G where it is largest
 *   χ² / ndof of homogeneity (statistics/homogeneity.ts), over bins joined to 10 effective events; error √(2 / ndof)
 *
 * Errors and expected values are those of independent samples; the two masses of the same events vary together, and
 * both are then too large. An error tells how well a distance is known that is well above its expected value; near that
 * value the distance is not Gaussian. Expected D: √(π/2) ln 2 / √(n_F n_G / (n_F + n_G)) (A. Kolmogorov, 1933), an upper
 * value, as bins hide some of it. Unknown without events or weight in either.
 */
export function distance(a: HistogramState, groupA: number, b: HistogramState, groupB: number): SpectrumDistance {
  if (a.bins.some((x, i) => x !== b.bins[i])) throw new RangeError('spectra with different bins cannot be compared');
  const [A, B] = [binSums(a, groupA), binSums(b, groupB)];
  const edges = edgesOf(a.bins);
  const transport = wasserstein(A, B, edges);
  const largest = kolmogorovDistance(A, B);
  if (transport === null || largest === null) return nothing();
  const { error, at } = transportError(A, B, edges);
  const starts = joinedStarts(A, B, LEAST);
  const joined = (x: BinSums): BinSums => ({ w: regrouped(x.w, starts), w2: regrouped(squaresOf(x), starts) });
  const shapes = homogeneity(joined(A), joined(B));
  const n = 1 / (1 / effectiveEvents(A) + 1 / effectiveEvents(B));
  return {
    wasserstein: estimate(transport.distance, error),
    kolmogorov: estimate(largest.distance, at),
    chi2PerBin:
      shapes === null ? unknown('too few events') : estimate(shapes.chi2 / shapes.dof, Math.sqrt(2 / shapes.dof)),
    expected: { wasserstein: transport.expected, kolmogorov: MEAN_KOLMOGOROV / Math.sqrt(n), chi2PerBin: 1 },
  };
}

function nothing(): SpectrumDistance {
  const gap = unknown('no events or no weight in one of the spectra');
  return {
    wasserstein: gap,
    kolmogorov: gap,
    chi2PerBin: gap,
    expected: { wasserstein: null, kolmogorov: null, chi2PerBin: 1 },
  };
}

/** Underflow, the bins, overflow. */
function binSums(hist: HistogramState, group: number): BinSums {
  const first = group * slotsOf(hist.bins);
  const length = hist.bins[0] + 2;
  return {
    w: Float64Array.from({ length }, (_, i) => sumOfWeights(hist, first + i)),
    w2: Float64Array.from({ length }, (_, i) => sumOfSquares(hist, first + i)),
  };
}

const edgesOf = ([bins, low, high]: Bins): Float64Array =>
  Float64Array.from({ length: bins + 1 }, (_, i) => low + (i * (high - low)) / bins);

/** Error of W1, and (`at`) of the largest |F − G|, from Σw and Σw² by bin, the norms' own variation included. */
function transportError(a: BinSums, b: BinSums, edges: Float64Array): { error: number; at: number } {
  const [A, B] = [total(a.w), total(b.w)];
  const slots = a.w.length;
  const height = new Float64Array(slots);
  let [F, G, largest, edge] = [0, 0, -1, 0];
  for (let i = 0; i + 1 < slots; i++) {
    F += a.w[i]! / A;
    G += b.w[i]! / B;
    // Half a bin to either side of the edge: h at the middles of the bins.
    const width = ((edges[i + 1] ?? edges[i]!) - (edges[i - 1] ?? edges[i]!)) / 2;
    height[i + 1] = height[i]! + Math.sign(F - G) * width;
    if (Math.abs(F - G) > largest) [largest, edge] = [Math.abs(F - G), i];
  }
  const step = height.map((_, i) => (i <= edge ? 1 : 0));
  const variance = (h: Float64Array): number => varianceOfMean(a, A, h) + varianceOfMean(b, B, h);
  return { error: Math.sqrt(variance(height)), at: Math.sqrt(variance(step)) };
}

/** Of Σ w h / Σ w: Σ w² (h − mean)² / (Σw)². */
function varianceOfMean(x: BinSums, norm: number, h: Float64Array): number {
  const squares = squaresOf(x);
  let mean = 0;
  for (let i = 0; i < h.length; i++) mean += (x.w[i]! / norm) * h[i]!;
  let sum = 0;
  for (let i = 0; i < h.length; i++) sum += squares[i]! * ((h[i]! - mean) * (h[i]! - mean));
  return sum / (norm * norm);
}
