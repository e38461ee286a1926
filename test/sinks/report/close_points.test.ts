import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closePoints } from '../../../sinks/report/close_points.js';

const profile = (centre: number[], n: number[], value: number[], error: number[]) => ({
  ...{ quantity: 'raw' as const, centre, n, value, error, fit: null },
});

test('near points become their mean weighted by n, with the error of that mean; far ones stay', () => {
  const points = closePoints(profile([1, 2, 10], [100, 300, 50], [1, 2, 7], [0.1, 0.2, 0.5]), (x) => x, 3);
  expect(points).toHaveLength(2);
  expect(points[0]!.x).toBeCloseTo(1.75, 12);
  expect(points[0]!.y).toBeCloseTo(1.75, 12);
  // √((100 · 0.1)² + (300 · 0.2)²) / 400
  expect(points[0]!.error).toBeCloseTo(Math.sqrt(3700) / 400, 12);
  expect(points[1]).toEqual({ x: 10, y: 7, error: 0.5 });
});

test('nothing is joined where points are far enough apart on the scale of the panel', () => {
  const far = profile([1, 10, 100], [5, 5, 5], [1, 2, 3], [1, 1, 1]);
  expect(closePoints(far, (x) => 10 * Math.log10(x), 6)).toHaveLength(3);
  expect(closePoints(profile([], [], [], []), (x) => x, 6)).toEqual([]);
});

test('the mean over all events is kept', () => {
  const row = fc.record({ n: fc.integer({ min: 1, max: 1000 }), y: fc.double({ min: -1, max: 1, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 8 }), (rows, least) => {
      const n = rows.map((one) => one.n);
      const value = rows.map((one) => one.y);
      const centre = rows.map((_, i) => i);
      const points = closePoints(
        profile(
          centre,
          n,
          value,
          n.map(() => 0.1),
        ),
        (x) => x,
        least,
      );
      const total = n.reduce((a, b) => a + b, 0);
      const mean = n.reduce((sum, count, i) => sum + count * value[i]!, 0) / total;
      // Groups are runs of at most `least` neighbours a unit apart: their sizes follow from the places.
      let at = 0;
      const joined = points.reduce((sum, { y }) => {
        const group = n.slice(at, at + least).reduce((a, b) => a + b, 0);
        at += least;
        return sum + group * y;
      }, 0);
      return Math.abs(joined / total - mean) < 1e-9;
    }),
  );
});
