import { atan2 } from '../expressions/math/atan2.js';
import type { BinSums } from './bin_sums.js';
import { effectiveEvents, regrouped, squaresOf, total } from './bin_sums.js';
import { logChiSquareTail } from './chi_square.js';

/** In units of the axis: the distance, and its mean and standard deviation if nothing has changed. */
export interface Wasserstein {
  readonly distance: number;
  readonly expected: number;
  readonly spread: number;
  readonly logP: number;
}

/** √(2/π) and 2/π. */
const MEAN_ABSOLUTE = 0.7978845608028654;
const TWO_OVER_PI = 0.6366197723675814;
/** The spread takes every pair of edges; this many edges give it to a percent. */
const EDGES = 128;

/** Shares of the sums up to each inner edge; bin 0 is the underflow. */
function cumulative(x: ArrayLike<number>, norm: number): Float64Array {
  const sums = new Float64Array(x.length - 1);
  let sum = 0;
  for (let i = 0; i < sums.length; i++) sums[i] = (sum += x[i]!) / norm;
  return sums;
}

/** Covariance of the estimates of F(s) and F(t), s ≤ t, from Σw² up to there (`u`, `v`, of `all`, over (Σw)²). */
const covariance = (Fs: number, Ft: number, u: number, v: number, all: number): number =>
  (1 - Fs) * (1 - Ft) * u - Fs * (1 - Ft) * (v - u) + Fs * Ft * (all - v);

/**
 * First Wasserstein distance ∫ |F_1 − F_2| dx of two binned samples, F linear between the `edges` (bins + 1 of them;
 * `a` and `b` have the two flow bins besides). What lies beyond the axis counts as if at its end, so the distance is a
 * lower bound when the flow bins have entries.
 *
 * Without change F_1 − F_2 is a Gaussian process whose covariance follows from the pooled F and the Σw²; `expected` is
 * ∫ E|F_1 − F_2| dx, `spread` comes from E|X||Y| = (2/π) σ_X σ_Y (√(1 − ρ²) + ρ asin ρ), and ln p from the gamma law of
 * that mean and variance (an approximation: right in the bulk, rough beyond 4 sigma). null: an empty sample.
 */
export function wasserstein(a: BinSums, b: BinSums, edges: ArrayLike<number>): Wasserstein | null {
  const [A, B] = [total(a.w), total(b.w)];
  if (!(A > 0) || !(B > 0)) return null;
  const distance = integral(cumulative(a.w, A), cumulative(b.w, B), edges);

  const step = Math.max(1, Math.ceil(edges.length / EDGES));
  const chosen: number[] = [];
  for (let i = 0; i < edges.length; i += step) chosen.push(i);
  // Edge i ends bin i of those with flow bins.
  const starts = [0, ...chosen.map((i) => i + 1)];
  const coarse = (x: ArrayLike<number>, norm: number): Float64Array => cumulative(regrouped(x, starts), norm);
  const [FA, FB] = [coarse(a.w, A), coarse(b.w, B)];
  const [VA, VB] = [coarse(squaresOf(a), A * A), coarse(squaresOf(b), B * B)];
  const [allA, allB] = [total(squaresOf(a)) / (A * A), total(squaresOf(b)) / (B * B)];
  const [nA, nB] = [effectiveEvents(a), effectiveEvents(b)];
  const F = FA.map((x, i) => Math.min(1, Math.max(0, (nA * x + nB * FB[i]!) / (nA + nB))));
  const share = chosen.map((at, i) => (edges[chosen[i + 1] ?? at]! - edges[chosen[i - 1] ?? at]!) / 2);
  const sigma = share.map((_, i) => Math.sqrt(Math.max(0, pair(i, i))));

  function pair(i: number, j: number): number {
    return covariance(F[i]!, F[j]!, VA[i]!, VA[j]!, allA) + covariance(F[i]!, F[j]!, VB[i]!, VB[j]!, allB);
  }
  let [expected, variance] = [0, 0];
  for (let i = 0; i < share.length; i++) {
    expected += share[i]! * MEAN_ABSOLUTE * sigma[i]!;
    for (let j = i; j < share.length; j++) {
      const product = sigma[i]! * sigma[j]!;
      if (product === 0) continue;
      const rho = Math.min(1, Math.max(-1, pair(i, j) / product));
      const cosine = Math.sqrt(1 - rho * rho);
      const both = TWO_OVER_PI * product * (cosine + rho * atan2(rho, cosine) - 1);
      variance += (i === j ? 1 : 2) * share[i]! * share[j]! * both;
    }
  }
  const logP =
    variance > 0 ? logChiSquareTail((2 * distance * expected) / variance, (2 * expected * expected) / variance) : NaN;
  return { distance, expected, spread: Math.sqrt(variance), logP };
}

/** ∫ |F_1 − F_2| dx for functions that are linear between the edges: where they cross, two triangles. */
function integral(F1: Float64Array, F2: Float64Array, edges: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [F1[i]! - F2[i]!, F1[i + 1]! - F2[i + 1]!];
    const [left, right] = [Math.abs(from), Math.abs(to)];
    const crossing = from * to < 0 ? (left * left + right * right) / (left + right) : left + right;
    sum += 0.5 * crossing * (edges[i + 1]! - edges[i]!);
  }
  return sum;
}
