import { describe, expect, it } from 'vitest';
import { distance } from '../../../operators/peak/distance.js';
import type { Bins } from '../../../operators/summaries/histogram.js';
import { histogramOf, normals, standardDeviation } from '../response/reference.js';
import { emptyHistogram, histogramWith, reference } from './reference.js';

const bins: Bins = [200, -5, 5];
const sample = (n: number, stream: number, shift = 0): ReturnType<typeof histogramOf> =>
  histogramOf(
    normals(n, stream).map((z) => z + shift),
    bins,
  );

it('is that of scipy.stats.wasserstein_distance and of numpy.cumsum', () => {
  const { bins, a, b, wasserstein, kolmogorov } = reference.distance;
  const found = distance(histogramWith(bins, [1], [a]), 0, histogramWith(bins, [1], [b]), 0);
  // Here the events of a bin are spread over it, there they lie in its middle: where F and G cross, that matters.
  expect(Math.abs(found.wasserstein.value! - wasserstein)).toBeLessThan(3e-3 * wasserstein);
  expect(found.kolmogorov.value).toBeCloseTo(kolmogorov, 12);
});

describe('of two samples of one distribution', () => {
  const found = Array.from({ length: 200 }, (_, i) => distance(sample(500, 2 * i), 0, sample(800, 2 * i + 1), 0));
  const mean = (of: (x: (typeof found)[number]) => number | null): number =>
    found.reduce((sum, x) => sum + of(x)!, 0) / found.length;

  it('has the expected value on average', () => {
    // Bins and the discreteness of D lower it by a few percent.
    expect(mean((x) => x.wasserstein.value) / mean((x) => x.expected.wasserstein)).toBeCloseTo(1, 1);
    const kolmogorov = mean((x) => x.kolmogorov.value) / mean((x) => x.expected.kolmogorov);
    expect(kolmogorov).toBeGreaterThan(0.88);
    expect(kolmogorov).toBeLessThan(1.03);
    expect(mean((x) => x.chi2PerBin.value)).toBeGreaterThan(0.93);
    expect(mean((x) => x.chi2PerBin.value)).toBeLessThan(1.07);
  });
});

describe('of two samples that are far apart', () => {
  const found = Array.from({ length: 150 }, (_, i) => distance(sample(500, 2 * i), 0, sample(800, 2 * i + 1, 0.5), 0));

  it.each(['wasserstein', 'kolmogorov'] as const)('has the error that its scatter shows: %s', (key) => {
    const error = found.reduce((sum, x) => sum + x[key].error!, 0) / found.length;
    // 150 values know their standard deviation to 6 %.
    expect(Math.abs(standardDeviation(found.map((x) => x[key].value!)) / error - 1)).toBeLessThan(0.2);
  });

  it('is the shift', () => {
    const mean = found.reduce((sum, x) => sum + x.wasserstein.value!, 0) / found.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.02);
  });
});

it('is 0 to itself, and the same the other way round, whatever the unit of the weights', () => {
  const [a, b] = [sample(300, 1), sample(300, 2)];
  expect(distance(a, 0, a, 0).wasserstein.value).toBe(0);
  expect(distance(a, 0, a, 0).kolmogorov.value).toBe(0);
  const x = normals(300, 2);
  const weighted = histogramOf(
    x,
    bins,
    x.map(() => 4),
  );
  const [there, back, scaled] = [distance(a, 0, b, 0), distance(b, 0, a, 0), distance(a, 0, weighted, 0)];
  for (const key of ['wasserstein', 'kolmogorov', 'chi2PerBin'] as const) {
    expect(there[key].value! / back[key].value!).toBeCloseTo(1, 10);
    expect(there[key].value! / scaled[key].value!).toBeCloseTo(1, 10);
    expect(there[key].error! / scaled[key].error!).toBeCloseTo(1, 10);
  }
});

it('is unknown without events, and refuses different bins', () => {
  const found = distance(emptyHistogram(bins), 0, sample(100, 1), 0);
  expect([found.wasserstein.value, found.kolmogorov.value, found.chi2PerBin.value]).toEqual([null, null, null]);
  expect(found.wasserstein.reason).toBe('no events or no weight in one of the spectra');
  expect(() => distance(sample(10, 1), 0, emptyHistogram([10, 0, 1]), 0)).toThrow('different bins');
});
