import { readFileSync } from 'node:fs';
import { normal } from '../../../operators/random/normal.js';
import { philox } from '../../../operators/random/philox.js';
import { uniform } from '../../../operators/random/uniform.js';
import { histogram, type Bins, type HistogramState } from '../../../operators/summaries/histogram.js';
import { moments, type MomentsState } from '../../../operators/summaries/moments.js';
import { zoomFor } from '../../../operators/summaries/quantile.js';
import { zoom, type ZoomState } from '../../../operators/summaries/zoom.js';
import { filled } from '../summaries/rows.js';

interface Value {
  readonly value: number;
  readonly error: number;
}
type ByWeight = Record<'counted' | 'weighted', Value>;

/** A weighted sample with a tail, and what NumPy and SciPy make of it (test/fixtures/response/reference.py). */
export const reference = JSON.parse(readFileSync('test/fixtures/response/reference.json', 'utf8')) as {
  readonly x: number[];
  readonly w: number[];
  readonly mean: ByWeight;
  readonly meanAbsolute: ByWeight;
  readonly widths: Record<'median' | 'sigma68' | 'iqr' | 'tail', number>;
  readonly quantileCovariance: Record<'counted' | 'weighted' | 'gaussian', number[][]> & {
    readonly probabilities: number[];
  };
  readonly wilson: readonly { readonly k: number; readonly n: number; readonly low: number; readonly high: number }[];
};

/** Number i of a stream of uniform numbers in (0, 1). */
export function uniforms(n: number, stream: number): number[] {
  const out = new Uint32Array(4);
  return Array.from({ length: n }, (_, i) => {
    philox(i, stream, 0, 0, 5, 0, out);
    return uniform(out[0]!, out[1]!);
  });
}

export const normals = (n: number, stream: number): number[] => uniforms(n, stream).map(normal);

export const momentsOf = (x: readonly number[], weight?: readonly number[]): MomentsState =>
  filled(moments, { groups: 1, weighted: weight !== undefined, wide: true }, { columns: [x], weight });

export const histogramOf = (x: readonly number[], bins: Bins, weight?: readonly number[]): HistogramState =>
  filled(histogram, { bins, groups: 1, weighted: weight !== undefined }, { columns: [x], weight });

/** Both passes for the quantiles of the widths. */
export function zoomed(x: readonly number[], bins: Bins, weight?: readonly number[]): [HistogramState, ZoomState] {
  const hist = histogramOf(x, bins, weight);
  const config = zoomFor(hist, [0.1587, 0.25, 0.5, 0.75, 0.8413], 1024);
  return [hist, filled(zoom, config, { columns: [x], weight })];
}

export function standardDeviation(x: readonly number[]): number {
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  return Math.sqrt(x.reduce((a, b) => a + (b - mean) ** 2, 0) / (x.length - 1));
}
