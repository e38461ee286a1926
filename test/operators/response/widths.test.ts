import { describe, expect, it } from 'vitest';
import type { Estimate } from '../../../operators/response/estimate.js';
import { widths, type Widths } from '../../../operators/response/widths.js';
import type { Bins } from '../../../operators/summaries/histogram.js';
import { normals, reference, standardDeviation, uniforms, zoomed } from './reference.js';

const bins: Bins = [4000, -1, 1];
/** Quantiles are known to half of width / parts, and the two of the interquartile range are divided by 1.349. */
const RESOLUTION = 2 / 4000 / 1024 / 1.349;

const N = 400;

const ofSample = (x: readonly number[]): Widths => widths(...zoomed(x, bins), 0, x.length);

/** Standard deviation of the values, and root of their mean stated variance. */
const errorsOf = (found: readonly Estimate[]): { readonly scatter: number; readonly stated: number } => ({
  scatter: standardDeviation(found.map(({ value }) => value!)),
  stated: Math.sqrt(found.reduce((sum, { error }) => sum + error! * error!, 0) / found.length),
});

describe('widths', () => {
  const { x } = reference;

  it('equal numpy.quantile', () => {
    const found = widths(...zoomed(x, bins), 0, x.length);
    for (const key of ['median', 'sigma68', 'iqr'] as const) {
      expect(Math.abs(found[key].value! - reference.widths[key]), key).toBeLessThanOrEqual(RESOLUTION);
    }
  });

  it('are the same for equal weights', () => {
    const [plain, weighted] = [undefined, x.map(() => 0.37)].map((w) => widths(...zoomed(x, bins, w), 0, x.length));
    expect(weighted!.sigma68.value).toBeCloseTo(plain!.sigma68.value!, 12);
    expect(weighted!.median.value).toBeCloseTo(plain!.median.value!, 12);
  });

  it('have errors of 1.253, 0.962 and 1.166 σ / √n for Gaussian samples, which is how much they vary', () => {
    const samples = 400;
    const found = Array.from({ length: samples }, (_, sample) => ofSample(normals(N, sample).map((z) => 0.1 * z)));
    for (const [key, factor] of [
      ['median', 1.2533],
      ['sigma68', 0.962],
      ['iqr', 1.166],
    ] as const) {
      const { scatter, stated } = errorsOf(found.map((each) => each[key]));
      // A standard deviation of 400 values is known to 1 / √800; four of them, and 5 % for finite n.
      expect(Math.abs(scatter / stated - 1), key).toBeLessThan(4 / Math.sqrt(2 * samples) + 0.05);
      expect(Math.abs((stated * Math.sqrt(N)) / 0.1 / factor - 1), key).toBeLessThan(0.05);
    }
    const sigma = found.reduce((sum, { sigma68 }) => sum + sigma68.value!, 0) / found.length;
    expect(Math.abs(sigma / 0.1 - 1)).toBeLessThan(0.01);
  });

  it('have right errors with a tail and a mixture of widths, where those of a Gaussian are too small', () => {
    const samples = 400;
    const found = Array.from({ length: samples }, (_, sample) => {
      const [u, z] = [uniforms(N, 1000 + sample), normals(N, 2000 + sample)];
      return ofSample(z.map((each, i) => (u[i]! < 0.08 ? -0.15 + 0.1 * each : (i % 3 === 0 ? 0.03 : 0.012) * each)));
    });
    for (const key of ['median', 'sigma68', 'iqr'] as const) {
      const { scatter, stated } = errorsOf(found.map((each) => each[key]));
      expect(Math.abs(scatter / stated - 1), key).toBeLessThan(4 / Math.sqrt(2 * samples) + 0.05);
    }
    const { scatter } = errorsOf(found.map(({ sigma68 }) => sigma68));
    const gaussian = (0.962 * found[0]!.sigma68.value!) / Math.sqrt(N);
    expect(scatter).toBeGreaterThan(1.25 * gaussian);
  });

  it('are unknown without events and in flow bins, each for itself', () => {
    const empty = widths(...zoomed([], bins), 0, 0);
    for (const { value, reason } of Object.values(empty)) expect([value, reason]).toEqual([null, 'no events']);
    const wide = widths(...zoomed([-5, -5, -0.1, 0, 0.1, 0.2, 0.3, 5, 5], bins), 0, 9);
    expect(wide.sigma68).toEqual({ value: null, error: null, reason: 'below the histogram' });
    expect(wide.median.value).toBeCloseTo(0.1, 6);
    expect(wide.median.error).toBeNull();
    expect(widths(...zoomed([0, 0, 0, 0, 0, 0, 0, 5, 5, 5], bins), 0, 10).iqr.reason).toBe('above the histogram');
  });

  it('are not known of one event, whose median has no error', () => {
    const { median, sigma68 } = widths(...zoomed([0.2], bins), 0, 1);
    expect(median.value).toBeCloseTo(0.2, 6);
    expect(median.error).toBeNull();
    expect(sigma68).toEqual({ value: null, error: null, reason: 'fewer than two effective events' });
  });
});
