import { readFileSync } from 'node:fs';
import type { ContextProfile } from '../../../operators/locality/context_profile.js';
import { normal } from '../../../operators/random/normal.js';
import { philox } from '../../../operators/random/philox.js';
import { uniform } from '../../../operators/random/uniform.js';

interface Binned {
  readonly kind: 'known' | 'constant' | 'line';
  readonly x: number[];
  readonly error: number[];
}

/** Fits by SciPy and null distributions by simulation (test/fixtures/locality/hinge.py). */
export const reference = JSON.parse(readFileSync('test/fixtures/locality/hinge.json', 'utf8')) as {
  readonly fits: readonly (Binned & {
    readonly name: string;
    readonly y: number[];
    readonly onset: number;
    readonly plateau: number | null;
    readonly slope: number;
    readonly curvature: number;
    readonly baseline: number;
    readonly drift: number;
    readonly chi2: number;
    readonly ndof: number;
  })[];
  readonly null: readonly (Binned & { readonly length: number; readonly gain: number[]; readonly p: number[] })[];
};

/** A profile from plain arrays, one bin a value, n events each. */
export function profileOf(value: readonly number[], error: readonly number[], n: readonly number[]): ContextProfile {
  return {
    variable: 'H_T',
    low: Float64Array.from(value, (_, i) => i),
    high: Float64Array.from(value, (_, i) => i + 1),
    centre: Float64Array.from(value, (_, i) => i + 0.5),
    n: Float64Array.from(n),
    value: Float64Array.from(value),
    error: Float64Array.from(error),
  };
}

/** Quantiles of a falling H_T spectrum; between them the events are spread evenly in H_T. */
const SPECTRUM = [
  [0, 12.6],
  [0.01, 60],
  [0.1, 104],
  [0.5, 235],
  [0.9, 672],
  [0.99, 1434],
  [1, 3516],
] as const;

const share = (x: number): number => {
  const k = SPECTRUM.findIndex(([, edge]) => edge > x);
  if (k <= 0) return k === 0 ? 0 : 1;
  const [[q0, x0], [q1, x1]] = [SPECTRUM[k - 1]!, SPECTRUM[k]!];
  return q0 + ((q1 - q0) * (x - x0)) / (x1 - x0);
};

export interface Truth {
  readonly mean: (x: number) => number;
  /** Of one event. */
  readonly sd: (x: number) => number;
}

/**
 * Bins of 20 GeV of `events` on the falling spectrum: Poisson counts, Gaussian means and estimated errors, each to the
 * precision of its own bin. A hash of (sample, bin).
 */
export function toy({ mean, sd }: Truth, events: number, sample: number): ContextProfile {
  const low = Float64Array.from({ length: 180 }, (_, b) => 20 * b);
  const words = new Uint32Array(4);
  const draw = (b: number, which: number): number => {
    philox(b, sample, which, 0, 9, 0, words);
    return normal(uniform(words[0]!, words[1]!));
  };
  const n = low.map((x, b) => {
    const expected = events * (share(x + 20) - share(x));
    return Math.max(0, Math.round(expected + Math.sqrt(expected) * draw(b, 0)));
  });
  const average = low.map((x) => {
    let sum = 0;
    for (let k = 0; k < 20; k++) sum += mean(x + k + 0.5);
    return sum / 20;
  });
  return {
    variable: 'H_T',
    low,
    high: low.map((x) => x + 20),
    centre: low.map((x) => x + 10),
    n,
    value: n.map((each, b) => (each > 0 ? average[b]! + (sd(low[b]! + 10) / Math.sqrt(each)) * draw(b, 1) : NaN)),
    error: n.map((each, b) =>
      each > 1
        ? (sd(low[b]! + 10) / Math.sqrt(each)) * Math.sqrt(Math.max(0.01, 1 + Math.sqrt(2 / (each - 1)) * draw(b, 2)))
        : NaN,
    ),
  };
}

export const grown = (x: number, onset: number, plateau = 1200): number => Math.max(0, Math.min(x, plateau) - onset);
