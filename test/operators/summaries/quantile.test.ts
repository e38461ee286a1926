import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogram, type Bins } from '../../../operators/summaries/histogram.js';
import {
  quantile,
  zoomFor,
  type QuantileDefinition,
  type QuantileValue,
} from '../../../operators/summaries/quantile.js';
import { zoom } from '../../../operators/summaries/zoom.js';
import { filled } from './rows.js';

const bins: Bins = [40, -1, 1];
const PARTS = 1024;
/** Half of a part of a bin. */
const RESOLUTION = 2 / 40 / PARTS / 2 + 1e-14;

/** Both passes over a sample. */
function quantiles(
  x: readonly number[],
  ps: readonly number[],
  weight?: readonly number[],
  definition?: QuantileDefinition,
): QuantileValue[] {
  const table = { columns: [x], weight };
  const hist = filled(histogram, { bins, groups: 1, weighted: weight !== undefined }, table);
  const zoomed = filled(zoom, zoomFor(hist, ps, PARTS, definition), table);
  return ps.map((p) => quantile(hist, zoomed, 0, p, definition));
}

interface Sample {
  readonly name: string;
  readonly x: number[];
  readonly p: number[];
  readonly linear: number[];
  readonly inverted_cdf: number[];
}
const samples = JSON.parse(readFileSync('test/fixtures/summaries/quantiles.json', 'utf8')) as Sample[];

function expectClose(found: readonly QuantileValue[], expected: readonly number[]): void {
  found.forEach(({ value }, i) => {
    expect(Math.abs(value! - expected[i]!), `quantile ${i}`).toBeLessThanOrEqual(RESOLUTION);
  });
}

describe.each(samples)('quantile of $name', ({ x, p, linear, inverted_cdf }) => {
  it('is linear as numpy.quantile, to half a part of a bin', () => {
    expectClose(quantiles(x, p), linear);
  });

  it.each([1, 0.1, 3.7, 1e-9])('is the same with all weights %d', (w) => {
    expectClose(quantiles(x, p, Array<number>(x.length).fill(w)), linear);
  });

  it('is an entry, passing: numpy.quantile inverted_cdf but for whole numbers n p, where it is the next', () => {
    const sorted = [...x].sort((a, b) => a - b);
    const expected = p.map((p, i) =>
      Number.isInteger(p * x.length) ? sorted[Math.min(x.length - 1, p * x.length)]! : inverted_cdf[i]!,
    );
    expectClose(quantiles(x, p, undefined, 'passing'), expected);
  });
});

const value = fc.oneof(
  fc.double({ min: -1, max: 0.999999, noNaN: true }),
  fc.integer({ min: -9, max: 9 }).map((i) => i / 10),
);
const values = fc.array(value, { minLength: 1, maxLength: 80 });
const p = fc.double({ min: 0, max: 1, noNaN: true });

describe('quantile', () => {
  it('is linear between order statistics', () => {
    fc.assert(
      fc.property(values, p, (x, p) => {
        const sorted = [...x].sort((a, b) => a - b);
        const rank = (x.length - 1) * p;
        const [a, b] = [sorted[Math.floor(rank)]!, sorted[Math.ceil(rank)]!];
        expectClose(quantiles(x, [p]), [a + (rank - Math.floor(rank)) * (b - a)]);
      }),
      { numRuns: 500 },
    );
  });

  it('passes p Σw with weights', () => {
    const entries = fc.array(fc.tuple(value, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(entries, p, (entries, p) => {
        const sorted = [...entries].sort(([a], [b]) => a - b);
        const total = sorted.reduce((sum, [, w]) => sum + w, 0);
        let sum = 0;
        const [expected] = sorted.find(([, w]) => (sum += w) > total * p * (1 + 1e-12)) ?? sorted.at(-1)!;
        const [x, w] = [entries.map(([x]) => x), entries.map(([, w]) => w)];
        expectClose(quantiles(x, [p], w, 'passing'), [expected]);
      }),
      { numRuns: 300 },
    );
  });

  it('takes a running sum of p Σw for p Σw, whatever rounding says', () => {
    const x = Array.from({ length: 10 }, (_, i) => i / 10 - 0.45);
    // 0.1 + 0.1 + 0.1 > 0.3
    expectClose(quantiles(x, [0.3], Array<number>(10).fill(0.1), 'passing'), [x[3]!]);
  });

  it('rises with p and stays within the sample with positive weights', () => {
    const entries = fc.array(fc.tuple(value, fc.double({ min: 1e-3, max: 1e3, noNaN: true })), { minLength: 1 });
    fc.assert(
      fc.property(entries, (entries) => {
        const [x, w] = [entries.map(([x]) => x), entries.map(([, w]) => w)];
        const found = quantiles(x, [0, 0.1, 0.3, 0.5, 0.8, 1], w).map(({ value }) => value!);
        expect([...found].sort((a, b) => a - b)).toEqual(found);
        expect(found[0]!).toBeGreaterThanOrEqual(Math.min(...x) - RESOLUTION);
        expect(found.at(-1)!).toBeLessThanOrEqual(Math.max(...x) + RESOLUTION);
      }),
    );
  });

  it('is a number or a reason with negative weights', () => {
    const entries = fc.array(fc.tuple(fc.double({ min: -2, max: 2 }), fc.double({ min: -2, max: 2, noNaN: true })));
    fc.assert(
      fc.property(entries, p, fc.constantFrom('linear' as const, 'passing' as const), (entries, p, definition) => {
        const [x, w] = [entries.map(([x]) => x), entries.map(([, w]) => w)];
        const [found] = quantiles(x, [p], w, definition) as [QuantileValue];
        if (found.value === null) expect(found.reason).toMatch(/^(no events|weights add up|below|above)/);
        else expect(found.value >= -1 && found.value <= 1).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('says why it is not known', () => {
    const reason = (x: number[], p: number, weight?: number[]) => quantiles(x, [p], weight)[0];
    expect(reason([], 0.5)).toEqual({ value: null, reason: 'no events' });
    expect(reason([NaN, NaN], 0.5)).toEqual({ value: null, reason: 'no events' });
    expect(reason([0.1, 0.2], 0.5, [1, -1])).toEqual({ value: null, reason: 'weights add up to 0 or less' });
    expect(reason([-3, -2, 0], 0.5)).toEqual({ value: null, reason: 'below the histogram' });
    expect(reason([0, 2, 3], 0.5)).toEqual({ value: null, reason: 'above the histogram' });
    expect(reason([0, 3], 0.5)).toEqual({ value: null, reason: 'above the histogram' });
    expect(reason([-Infinity, 0, 0.5], 0.25)).toEqual({ value: null, reason: 'below the histogram' });
  });

  it('is known where flow bins have no part in it', () => {
    expectClose(quantiles([-9, 0.3, 9], [0.5]), [0.3]);
    expectClose(quantiles([0.1, 0.2, 9, NaN], [0, 0.25, 0.5]), [0.1, 0.15, 0.2]);
    expectClose(quantiles([0.1, 9], [0.4], undefined, 'passing'), [0.1]);
  });

  it('spreads entries evenly over a bin that was not zoomed', () => {
    const table = { columns: [[0.01, 0.02, 0.03, 0.04]] };
    const hist = filled(histogram, { bins: [2, -1, 1], groups: 1, weighted: false }, table);
    const none = filled(zoom, zoomFor(hist, [], PARTS), table);
    expect(quantile(hist, none, 0, 0.5)).toEqual({ value: 1.5 / 4 });
  });

  it('zooms into no more bins than it needs', () => {
    const x = Array.from({ length: 400 }, (_, i) => -0.999 + i / 200.3);
    const hist = filled(histogram, { bins, groups: 1, weighted: false }, { columns: [x] });
    const count = (ps: number[], definition?: QuantileDefinition): number =>
      zoomFor(hist, ps, 8, definition).zoomed.filter((z) => z >= 0).length;
    expect(count([0.5])).toBeLessThanOrEqual(2);
    expect(count([0.5], 'passing')).toBe(1);
    expect(count([0.11, 0.11, 0.1101])).toBe(1);
  });
});
