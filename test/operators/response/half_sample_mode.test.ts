import { describe, expect, it } from 'vitest';
import { halfSampleMode } from '../../../operators/response/half_sample_mode.js';
import type { Bins } from '../../../operators/summaries/histogram.js';
import { histogramOf, normals, standardDeviation, uniforms } from './reference.js';

const bins: Bins = [1200, 60, 120];

/** m_Z and Γ_Z in GeV. */
const [M, WIDTH] = [91.1876, 2.4952];
const shapes = {
  Gaussian: (n: number, stream: number) => normals(n, stream).map((z) => M + WIDTH * z),
  'Breit–Wigner': (n: number, stream: number) =>
    uniforms(n, stream).map((u) => M + (WIDTH / 2) * Math.tan(Math.PI * (u - 0.5))),
};

describe.each(Object.entries(shapes))('half-sample mode of a %s', (_, sample) => {
  const found = Array.from({ length: 50 }, (_, stream) => halfSampleMode(histogramOf(sample(4000, stream), bins), 0));

  it('is unbiased: the mean of 50 samples is the mode', () => {
    const values = found.map(({ value }) => value!);
    const mean = values.reduce((a, b) => a + b, 0) / 50;
    expect(Math.abs(mean - M)).toBeLessThan((4 * standardDeviation(values)) / Math.sqrt(50));
  });

  it('is within three errors of the mode', () => {
    const pulls = found.map(({ value, error }) => Math.abs(value! - M) / error!);
    expect(pulls.filter((pull) => pull > 3).length).toBeLessThanOrEqual(2);
  });

  it('has the error that the scatter of 50 samples shows, to a factor of two', () => {
    const scatter = standardDeviation(found.map(({ value }) => value!));
    const error = found.reduce((sum, { error }) => sum + error!, 0) / 50;
    expect(error / scatter).toBeGreaterThan(0.5);
    expect(error / scatter).toBeLessThan(2);
  });
});

describe('half-sample mode', () => {
  it('is the mean of the last bins: by hand', () => {
    // 42 entries: of three bins 3 to 5 hold the most (26) above 21; of these two bins 3 and 4, 18 above 13.
    const counts = [0, 14, 2, 9, 9, 8, 0];
    const x = counts.flatMap((n, bin) => Array<number>(n).fill(bin + 0.5));
    expect(halfSampleMode(histogramOf(x, [7, 0, 7]), 0).value).toBe(4);
  });

  it('is the bin that holds more than half of half', () => {
    const x = [...Array<number>(30).fill(2.5), ...Array<number>(5).fill(0.5), ...Array<number>(5).fill(6.5)];
    const { value, error } = halfSampleMode(histogramOf(x, [7, 0, 7]), 0);
    expect(value).toBe(2.5);
    // The replicas agree; what is left is the width of the bin.
    expect(error).toBeCloseTo(Math.sqrt(1 / 12), 12);
  });

  it('is deterministic, and depends on the group alone', () => {
    const x = shapes.Gaussian(500, 3);
    expect(halfSampleMode(histogramOf(x, bins), 0)).toEqual(halfSampleMode(histogramOf([...x].reverse(), bins), 0));
  });

  it('is the same for equal weights, and bears negative ones', () => {
    const x = shapes.Gaussian(2000, 7);
    const plain = halfSampleMode(histogramOf(x, bins), 0);
    const equal = halfSampleMode(
      histogramOf(
        x,
        bins,
        x.map(() => 0.25),
      ),
      0,
    );
    expect(equal.value).toBeCloseTo(plain.value!, 10);
    expect(equal.error).toBeCloseTo(plain.error!, 10);
    const signed = halfSampleMode(
      histogramOf(
        x,
        bins,
        x.map((_, i) => (i % 10 === 0 ? -1 : 1)),
      ),
      0,
    );
    expect(Math.abs(signed.value! - M)).toBeLessThan(4 * signed.error!);
  });

  it('is unknown for too few events, flow bins not counted, and without weight', () => {
    const few = { value: null, error: null, reason: 'fewer than 20 events' };
    expect(halfSampleMode(histogramOf([], bins), 0)).toEqual(few);
    expect(halfSampleMode(histogramOf([...Array<number>(19).fill(91), 10, 500, NaN], bins), 0)).toEqual(few);
    const weights = Array<number>(30).fill(-1);
    expect(halfSampleMode(histogramOf(Array<number>(30).fill(91), bins, weights), 0).reason).toBe(
      'weights add up to 0 or less',
    );
  });
});
