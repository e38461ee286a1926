import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tail } from '../../../operators/response/tail.js';
import { widths } from '../../../operators/response/widths.js';
import { wilson } from '../../../operators/response/wilson.js';
import type { Bins } from '../../../operators/summaries/histogram.js';
import { histogramOf, normals, reference, zoomed } from './reference.js';

const bins: Bins = [4000, -1, 1];

describe('tail', () => {
  it('is the share beyond 3 σ68 of the median, with its Wilson interval', () => {
    const { x, widths } = reference;
    const found = tail(histogramOf(x, bins), 0, widths.median, widths.sigma68, x.length);
    expect(found).toEqual({ value: widths.tail, ...wilson(widths.tail, x.length) });
  });

  it('equals a direct count but for the events within half a bin of the border, flow bins included', () => {
    const value = fc.double({ min: -2, max: 2, noNaN: true });
    const sigma = fc.double({ min: 0.01, max: 0.3, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), sigma, (x, sigma) => {
        const count = (border: number): number => x.filter((x) => Math.abs(x - 0.01) > border).length / x.length;
        const { value } = tail(histogramOf(x, bins), 0, 0.01, sigma, x.length);
        expect(value).toBeLessThanOrEqual(count(3 * sigma - 0.00026) + 1e-12);
        expect(value).toBeGreaterThanOrEqual(count(3 * sigma + 0.00026) - 1e-12);
      }),
    );
  });

  it('is 0.27 % of a Gaussian', () => {
    const x = normals(50_000, 0).map((z) => 0.05 * z);
    const { median, sigma68 } = widths(...zoomed(x, bins), 0, x.length);
    const { value, low, high } = tail(histogramOf(x, bins), 0, median.value!, sigma68.value!, x.length);
    expect(Math.abs(value! - 0.0027)).toBeLessThan(4 * Math.sqrt(0.0027 / 50_000));
    expect(low! < value! && value! < high!).toBe(true);
  });

  it('is 0 where all events agree', () => {
    const x = Array<number>(30).fill(0.0123);
    const { median, sigma68 } = widths(...zoomed(x, bins), 0, 30);
    expect(sigma68.value).toBe(0);
    expect(tail(histogramOf(x, bins), 0, median.value!, 0, 30).value).toBe(0);
  });

  it('sums weights, and stays between 0 and 1 with negative ones', () => {
    const x = [0, 0, 0.9];
    expect(tail(histogramOf(x, bins, [1, 2, 3]), 0, 0, 0.01, 2).value).toBeCloseTo(0.5, 14);
    expect(tail(histogramOf(x, bins, [1, 2, -1]), 0, 0, 0.01, 2).value).toBe(0);
  });

  it('is unknown for nothing', () => {
    expect(tail(histogramOf([], bins), 0, 0, 1, 0)).toEqual({ value: null, low: null, high: null });
    expect(tail(histogramOf([0, 0], bins, [1, -1]), 0, 0, 1, 0).value).toBeNull();
  });
});
