import { readFileSync } from 'node:fs';
import { NO_TAIL } from '../../../operators/peak/crystal_ball.js';
import { indexOf, NAMES, type Name } from '../../../operators/peak/parameters.js';
import type { Spectrum } from '../../../operators/peak/spectrum.js';
import { histogram, type Bins, type HistogramState } from '../../../operators/summaries/histogram.js';
import { histogramOf, normals, uniforms } from '../response/reference.js';

type Value = Readonly<Record<'value' | 'error', number>>;

/** What SciPy makes of the shapes and of two samples (test/fixtures/peak/reference.py). */
export const reference = JSON.parse(readFileSync('test/fixtures/peak/reference.json', 'utf8')) as {
  readonly breitWigner: readonly Readonly<Record<'low' | 'high' | 'integral', number>>[];
  readonly crystalBall: readonly Readonly<Record<'alpha' | 'n' | 't' | 'density', number>>[];
  readonly convolution: readonly (Readonly<Record<Exclude<Name, 'alphaHigh'> | 'x' | 'f', number>> & {
    readonly alphaHigh: number | null;
  })[];
  readonly voigt: readonly Readonly<Record<'sigma' | 'gamma' | 'x' | 'ratio', number>>[];
  readonly fits: readonly {
    readonly name: string;
    readonly weights: number[];
    readonly counts: number[][];
    readonly fit: Readonly<Record<'shift' | 'sigma' | 'alpha' | 'n', Value>>;
  }[];
  readonly distance: Readonly<{ bins: Bins; a: number[]; b: number[]; wasserstein: number; kolmogorov: number }>;
};

/** All parameters: no tails, no width of the resolution and Γ_Z unless said otherwise. */
export function parameters(values: Partial<Record<Name, number>>): Float64Array {
  const p = new Float64Array(NAMES.length);
  const all = { alpha: NO_TAIL.alpha, n: 2, alphaHigh: NO_TAIL.alpha, nHigh: 2, gamma: 2.4952, ...values };
  for (const [name, value] of Object.entries(all)) p[indexOf(name as Name)] = value;
  return p;
}

/** Bins filled with `counts[k]` events of weight `weights[k]` each. */
export function histogramWith(bins: Bins, weights: readonly number[], counts: readonly number[][]): HistogramState {
  const middle = (bin: number): number => bins[1] + ((bin + 0.5) * (bins[2] - bins[1])) / bins[0];
  const entries = counts.flatMap((column, k) =>
    column.flatMap((n, bin) => Array<[number, number]>(n).fill([middle(bin), weights[k]!])),
  );
  const x = entries.map(([at]) => at);
  return weights.length === 1
    ? histogramOf(x, bins)
    : histogramOf(
        x,
        bins,
        entries.map(([, w]) => w),
      );
}

/** A spectrum that holds these Σw, each of Σw² the same. */
export function spectrumWith(low: number, width: number, w: Float64Array): Spectrum {
  const sum = w.reduce((a, b) => a + b, 0);
  const bins = w.length;
  return { low, high: low + width * bins, width, bins, n: w, w, w2: w, events: sum, sum, squares: sum };
}

/** Masses of toy number `stream`: Breit–Wigner by its inverse, resolution with a power tail below by its inverse. */
export function masses(
  n: number,
  stream: number,
  shift: number,
  sigma: number,
  alpha: number,
  power: number,
): number[] {
  const [u, v, z] = [uniforms(n, 3 * stream + 1000), uniforms(n, 3 * stream + 1001), normals(n, 3 * stream + 1002)];
  const [M, width] = [91.1876, 2.4952];
  const first = Math.atan(-M / width);
  const tail = (Math.exp((-alpha * alpha) / 2) * power) / (alpha * (power - 1));
  const core = Math.sqrt(2 * Math.PI) * cumulative(alpha);
  return u.map((x, i) => {
    const m = Math.sqrt(Math.max(0, M * M + M * width * Math.tan(first + x * (Math.PI / 2 - first))));
    const share = v[i]! / (tail / (tail + core));
    // Below the share of the tail: t = −α − (n/α) (share^(−1/(n−1)) − 1). Else a normal above −α.
    const t =
      share < 1 ? -alpha - (power / alpha) * (share ** (-1 / (power - 1)) - 1) : above(-alpha, z[i]!, stream, i);
    return m + shift + sigma * t;
  });
}

/** A standard normal above `least`: the given one, or else the first of others that is. */
function above(least: number, z: number, stream: number, i: number): number {
  if (z > least) return z;
  return normals(50, 900_000 + 10_000 * stream + i).find((other) => other > least) ?? 0;
}

/** Φ(x), by the series of Φ − ½. */
function cumulative(x: number): number {
  let [term, sum] = [x, x];
  for (let k = 3; k < 200; k += 2) sum += term *= (x * x) / k;
  return 0.5 + (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}

export const emptyHistogram = (bins: Bins): HistogramState => histogram.create({ bins, groups: 1, weighted: false });
