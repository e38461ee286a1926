import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binSumsOf, centralWidth, sharedEdges } from '../../../runtime/report/shared_bins.js';
import type { HistogramData } from '../../../schemas/report.js';

type Series = HistogramData['series'][number];

const seriesOf = (sum: number[], underflow = 0, overflow = 0): Series => ({
  ...{ name: 'x', regime: 'all', n: 0, sum, errors: sum.map(Math.sqrt) },
  ...{ underflow, underflowError: Math.sqrt(underflow), overflow, overflowError: Math.sqrt(overflow) },
});

test('bins that one report joined or cut are found again in the other', () => {
  expect(sharedEdges([0, 1, 2, 3, 4, 5, 6], [0, 2, 4, 6, 8])).toEqual([0, 2, 4, 6]);
  const fine = seriesOf([1, 2, 3, 4, 5, 6], 7, 8);
  expect(Array.from(binSumsOf(fine, [0, 1, 2, 3, 4, 5, 6], [0, 2, 4, 6], true).w)).toEqual([7, 3, 7, 11, 8]);
  expect(Array.from(binSumsOf(seriesOf([3, 7, 11, 9]), [0, 2, 4, 6, 8], [0, 2, 4, 6], true).w)).toEqual([
    0, 3, 7, 11, 9,
  ]);
  expect(Array.from(binSumsOf(seriesOf([3, 7, 11, 9]), [0, 2, 4, 6, 8], [2, 4], true).w)).toEqual([3, 7, 20]);
});

test('counts are their own variance, weights bring theirs', () => {
  const series = { ...seriesOf([4, 9]), errors: [3, 4], underflow: 1, underflowError: 2 };
  expect(binSumsOf(series, [0, 1, 2], [0, 2], true).w2).toBeNull();
  expect(Array.from(binSumsOf(series, [0, 1, 2], [0, 2], false).w2!)).toEqual([4, 25, 0]);
});

test('no sum is lost, whatever edges are shared', () => {
  const bins = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(bins, fc.array(fc.boolean(), { minLength: 21, maxLength: 21 }), (sum, keep) => {
      const edges = [...Array(sum.length + 1).keys()];
      const shared = edges.filter((edge) => keep[edge]);
      if (shared.length === 0) return;
      const { w } = binSumsOf(seriesOf(sum, 3, 5), edges, shared, true);
      expect(w).toHaveLength(shared.length + 1);
      expect(Array.from(w).reduce((a, b) => a + b, 0)).toBe(sum.reduce((a, b) => a + b, 8));
    }),
  );
});

test('the central 68 % of a flat and of a triangular distribution', () => {
  const edges = Array.from({ length: 1001 }, (_, i) => i / 1000);
  const flat = { w: [0, ...Array.from({ length: 1000 }, () => 1), 0], w2: null };
  expect(centralWidth(flat, edges)).toBeCloseTo(0.6826, 9);
  // F = x²: the quantiles are √p.
  const rising = { w: [0, ...Array.from({ length: 1000 }, (_, i) => 2 * i + 1), 0], w2: null };
  expect(centralWidth(rising, edges)).toBeCloseTo(Math.sqrt(0.8413) - Math.sqrt(0.1587), 6);
});
