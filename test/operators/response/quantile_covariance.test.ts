import { describe, expect, it } from 'vitest';
import { normal } from '../../../operators/random/normal.js';
import { quantileCovariance } from '../../../operators/response/quantile_covariance.js';
import { slotsOf, type Bins, type HistogramState } from '../../../operators/summaries/histogram.js';
import { zoom, type ZoomState } from '../../../operators/summaries/zoom.js';
import { filled } from '../summaries/rows.js';
import { histogramOf, reference } from './reference.js';

/** Every bin is zoomed, so that values are known as NumPy knows them. */
function everywhere(x: readonly number[], bins: Bins, weight?: readonly number[]): [HistogramState, ZoomState] {
  const zoomed = Int32Array.from({ length: slotsOf(bins) }, (_, slot) => (slot > 0 && slot <= bins[0] ? slot - 1 : -1));
  const config = { bins, groups: 1, weighted: weight !== undefined, parts: 32, zoomed };
  return [histogramOf(x, bins, weight), filled(zoom, config, { columns: [x], weight })];
}

const nowhere = (hist: HistogramState): ZoomState =>
  zoom.create({
    bins: hist.bins,
    groups: 1,
    weighted: hist.w !== null,
    parts: 1,
    zoomed: hist.n.map(() => -1) as never,
  });

describe('quantileCovariance', () => {
  const { x, w, quantileCovariance: expected } = reference;
  const { probabilities } = expected;
  const bins: Bins = [40_000, -1, 1];

  for (const [name, weight] of [
    ['counted', undefined],
    ['weighted', w.map(Math.abs)],
  ] as const) {
    it(`equals that of NumPy: ${name}`, () => {
      const found = quantileCovariance(...everywhere(x, bins, weight), 0, probabilities);
      const right = expected[name];
      found.forEach((row, i) => {
        row.forEach((value, j) => {
          const scale = Math.sqrt(right[i]![i]! * right[j]![j]!);
          expect(Math.abs(value - right[i]![j]!) / scale, `${i}, ${j}`).toBeLessThan(2e-3);
        });
      });
    });
  }

  it('is that of the density for a Gaussian, also where bins are not looked into', () => {
    const n = 100_000;
    const even = Array.from({ length: n }, (_, i) => 0.1 * normal((i + 0.5) / n));
    const hist = histogramOf(even, [800, -1, 1]);
    const found = quantileCovariance(hist, nowhere(hist), 0, probabilities);
    found.forEach((row, i) => {
      row.forEach((value, j) => {
        expect((value * n) / 0.01 / expected.gaussian[i]![j]!, `${i}, ${j}`).toBeCloseTo(1, 2);
      });
    });
  });

  it('does not change with the scale of the weights, and is halved when every event comes twice', () => {
    const once = quantileCovariance(...everywhere(x, bins), 0, [0.3, 0.5]);
    const scaled = quantileCovariance(
      ...everywhere(
        x,
        bins,
        x.map(() => 0.25),
      ),
      0,
      [0.3, 0.5],
    );
    const twice = quantileCovariance(...everywhere([...x, ...x], bins), 0, [0.3, 0.5]);
    expect(scaled[0]![1]! / once[0]![1]!).toBeCloseTo(1, 9);
    expect(twice[1]![1]! / once[1]![1]!).toBeGreaterThan(0.4);
    expect(twice[1]![1]! / once[1]![1]!).toBeLessThan(0.6);
  });

  it('takes the inner half of an interval that ends beyond the histogram', () => {
    const flat = Array.from({ length: 100 }, (_, i) => (i < 20 ? -5 : (i - 59.5) / 100));
    const [[variance]] = quantileCovariance(...everywhere(flat, bins), 0, [0.25]) as [[number]];
    expect(variance / ((0.25 * 0.75) / 100)).toBeGreaterThan(0.8);
    expect(variance / ((0.25 * 0.75) / 100)).toBeLessThan(1.2);
  });

  it('is unknown without events, for weights that cancel and in a flow bin', () => {
    const of = (values: number[], weight?: number[]): number =>
      quantileCovariance(...everywhere(values, bins, weight), 0, [0.5])[0]![0]!;
    expect(of([])).toBeNaN();
    expect(of([0.1, 0.2], [1, -1])).toBeNaN();
    expect(of([5, 5, 5, 0])).toBeNaN();
    expect(of([-0.1, 0, 0.1, NaN])).toBeGreaterThan(0);
  });
});
