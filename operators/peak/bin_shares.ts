import { exp } from '../expressions/math/exp.js';
import { convolve } from './convolution.js';
import { GAUSS_2, GAUSS_4 } from '../statistics/gauss_legendre.js';
import { indexOf, NAMES, SHAPE } from './parameters.js';

/** The bins of a fit: equal, from `low` on. */
export interface Axis {
  readonly low: number;
  readonly width: number;
  readonly bins: number;
}

const FRACTION = indexOf('fraction');
const SLOPE = indexOf('slope');

/**
 * The share of each bin in the model within the range of the bins (the shares add up to 1), and its derivatives:
 *
 *   share = (1 − fraction) · peak + fraction · background,  background ∝ e^(−slope · x)
 *
 * `p` holds all parameters (parameters.ts). Column 0 of the result is the share, column 1 + k its derivative by parameter
 * k; column j is at [j · bins, ...). Densities are integrated over a bin by Gauss–Legendre with 2 nodes (to 1e-5 for
 * bins of 0.25 GeV), 4 for bins beyond 0.3 GeV (to 1e-5 at 1 GeV, 1e-3 at 2).
 */
export function binShares({ low, width, bins }: Axis, p: Float64Array): Float64Array {
  const rule = width > 0.3 ? GAUSS_4 : GAUSS_2;
  const nodes = rule.x.length;
  const x = new Float64Array(bins * nodes);
  for (let i = 0; i < x.length; i++) {
    x[i] = low + width * (Math.floor(i / nodes) + 0.5 * (1 + rule.x[i % nodes]!));
  }
  const density = convolve(x, p);
  const out = new Float64Array((NAMES.length + 1) * bins);
  const integrate = (column: number, at: (i: number) => number): void => {
    for (let i = 0; i < x.length; i++) out[column * bins + Math.floor(i / nodes)]! += rule.w[i % nodes]! * at(i);
  };
  for (let column = 0; column <= SHAPE; column++) integrate(column, (i) => density[column * x.length + i]!);
  normalise(out, bins, 0, SHAPE);

  const fraction = p[FRACTION]!;
  if (fraction === 0) return out;
  const [slope, middle] = [p[SLOPE]!, low + (width * bins) / 2];
  const background = new Float64Array(2 * bins);
  for (let i = 0; i < x.length; i++) {
    const bin = Math.floor(i / nodes);
    const value = rule.w[i % nodes]! * exp(-slope * (x[i]! - middle));
    background[bin]! += value;
    background[bins + bin]! -= value * (x[i]! - middle);
  }
  normalise(background, bins, 0, 1);
  for (let i = 0; i < bins; i++) {
    out[(1 + FRACTION) * bins + i] = background[i]! - out[i]!;
    out[(1 + SLOPE) * bins + i] = fraction * background[bins + i]!;
    for (let column = 0; column <= SHAPE; column++) out[column * bins + i]! *= 1 - fraction;
    out[i]! += fraction * background[i]!;
  }
  return out;
}

/** Divides column `first` by its sum S, and brings its derivatives, the `count` columns after it, along: (d − v ΣD/S)/S. */
function normalise(columns: Float64Array, bins: number, first: number, count: number): void {
  const sum = (column: number): number => {
    let total = 0;
    for (let i = 0; i < bins; i++) total += columns[column * bins + i]!;
    return total;
  };
  const total = sum(first);
  for (let i = 0; i < bins; i++) columns[first * bins + i]! /= total;
  for (let column = first + 1; column <= first + count; column++) {
    const change = sum(column);
    for (let i = 0; i < bins; i++) {
      const at = column * bins + i;
      columns[at] = (columns[at]! - columns[first * bins + i]! * change) / total;
    }
  }
}
