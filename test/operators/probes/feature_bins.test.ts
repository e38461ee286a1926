import fc from 'fast-check';
import { expect, it } from 'vitest';
import { binEdges, binsOf } from '../../../operators/probes/feature_bins.js';
import { normals } from '../response/reference.js';

it('gives each of few values a bin of its own, NaN the lowest', () => {
  const x = Float64Array.of(3, 1, NaN, 2, 3, 1);
  const edges = binEdges(x);
  expect([...edges]).toEqual([2, 3]);
  expect([...binsOf(x, edges)]).toEqual([2, 0, 0, 1, 2, 0]);
});

it('makes 64 bins of equal numbers of many values', () => {
  const x = Float64Array.from(normals(6400, 1));
  const counts = new Array<number>(64).fill(0);
  for (const bin of binsOf(x, binEdges(x))) counts[bin]!++;
  expect(counts.every((n) => n === 100)).toBe(true);
});

it('keeps the order of values, whatever they are', () => {
  const value = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: 0, max: 3 }));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 300 }), fc.array(value, { maxLength: 50 }), (seen, x) => {
      const edges = binEdges(Float64Array.from(seen));
      expect(edges.length).toBeLessThan(64);
      const sorted = Float64Array.from(x).sort();
      const bins = binsOf(sorted, edges);
      for (let i = 1; i < bins.length; i++) expect(bins[i]).toBeGreaterThanOrEqual(bins[i - 1]!);
    }),
  );
});

it('has one bin where there is nothing to tell apart', () => {
  expect(binEdges(new Float64Array(0)).length).toBe(0);
  expect(binEdges(Float64Array.of(NaN, NaN)).length).toBe(0);
  expect(binEdges(new Float64Array(100).fill(4)).length).toBe(0);
});
