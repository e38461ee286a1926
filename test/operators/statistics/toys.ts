import type { BinSums } from '../../../operators/statistics/bin_sums.js';
import { normals } from '../response/reference.js';

/** n normal numbers in bins of equal width over `edges`, flow bins first and last, with weight `weightOf(x)`. */
export function toy(stream: number, n: number, edges: readonly number[], weightOf?: (x: number) => number): BinSums {
  const bins = edges.length + 1;
  const [w, w2] = [new Float64Array(bins), new Float64Array(bins)];
  const [low, width] = [edges[0]!, edges[1]! - edges[0]!];
  for (const x of normals(n, stream)) {
    const bin = Math.max(0, Math.min(bins - 1, Math.floor((x - low) / width) + 1));
    const weight = weightOf?.(x) ?? 1;
    w[bin]! += weight;
    w2[bin]! += weight * weight;
  }
  return { w, w2: weightOf ? w2 : null };
}

export const EDGES = Array.from({ length: 13 }, (_, i) => -2.4 + 0.4 * i);
/** Falling by a factor of a thousand over the axis, as samples generated in slices do. */
export const steep = (x: number): number => 10 ** (-0.6 * Math.floor(x));

/** Mean of x and its standard deviation over the toys. */
export function meanAndSpread(x: readonly number[]): { readonly mean: number; readonly spread: number } {
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  return { mean, spread: Math.sqrt(x.reduce((a, b) => a + (b - mean) ** 2, 0) / (x.length - 1)) };
}
