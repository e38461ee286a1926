import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../schemas/report.js';
import { clip, regions, type Point } from '../../../sinks/report/half_planes.js';
import { makeReport } from '../../fixtures/report/make.js';

type Regimes = NonNullable<Report['regimes']>;

const rectangle: Point[] = [
  [0, 0],
  [2000, 0],
  [2000, 5],
  [0, 5],
];

/** Shoelace formula. */
const area = (polygon: readonly Point[]): number =>
  Math.abs(
    polygon.reduce((sum, [x, y], i) => {
      const [x2, y2] = polygon[(i + 1) % polygon.length]!;
      return sum + (x * y2 - x2 * y) / 2;
    }, 0),
  );

/** Inside a convex polygon or on its edge, whichever way round it runs. */
function contains(polygon: readonly Point[], [px, py]: Point): boolean {
  const sides = polygon.map(([x, y], i) => {
    const [x2, y2] = polygon[(i + 1) % polygon.length]!;
    return (x2 - x) * (py - y) - (y2 - y) * (px - x);
  });
  return sides.every((side) => side >= -1e-6) || sides.every((side) => side <= 1e-6);
}

const template: Regimes = makeReport({ events: 0 }).regimes!;
const withCentroids = (points: readonly Point[]): Regimes => ({
  ...template,
  map: points.map(([H_T, abs_deta], id) => ({ ...template.map[0]!, id, centroid: { H_T, abs_deta } })),
});
const nearest = (regimes: Regimes, [x, y]: Point): number => {
  const { H_T, abs_deta } = regimes.scale;
  const far = regimes.map.map(
    ({ centroid }) => ((x - centroid.H_T!) / H_T!.width) ** 2 + ((y - centroid.abs_deta!) / abs_deta!.width) ** 2,
  );
  return far.indexOf(Math.min(...far));
};

test('a triangle cut by a half plane', () => {
  const triangle: Point[] = [
    [0, 0],
    [4, 0],
    [0, 4],
  ];
  // x ≤ 2 leaves 8 − 2 = 6.
  expect(area(clip(triangle, 1, 0, -2))).toBeCloseTo(6, 12);
  expect(clip(triangle, 1, 0, -5)).toEqual(triangle);
  expect(clip(triangle, 1, 0, 1)).toEqual([]);
});

describe('regions', () => {
  const place = fc.tuple(fc.double({ min: 0, max: 2000, noNaN: true }), fc.double({ min: 0, max: 5, noNaN: true }));
  // Two centroids in one place have no boundary between them; k-means makes no such map.
  const apart = fc.uniqueArray(place, {
    minLength: 1,
    maxLength: 9,
    comparator: (a, b) => Math.abs(a[0] - b[0]) < 1 && Math.abs(a[1] - b[1]) < 0.01,
  });

  test('partition the rectangle: areas add up, each centroid is in its own, a point is in that of the nearest', () => {
    fc.assert(
      fc.property(apart, fc.array(place, { minLength: 5, maxLength: 20 }), (centroids, points) => {
        const regimes = withCentroids(centroids);
        const polygons = regions(regimes, 'H_T', 'abs_deta', rectangle);
        expect(polygons.reduce((sum, polygon) => sum + area(polygon), 0)).toBeCloseTo(area(rectangle), 4);
        for (const [k, centroid] of centroids.entries()) expect(contains(polygons[k]!, centroid)).toBe(true);
        for (const point of points) expect(contains(polygons[nearest(regimes, point)]!, point)).toBe(true);
      }),
    );
  });

  test('two regimes meet half way, in units of the scale', () => {
    const [left, right] = regions(
      withCentroids([
        [500, 2],
        [1000, 2],
      ]),
      'H_T',
      'abs_deta',
      rectangle,
    );
    expect(area(left!)).toBeCloseTo(750 * 5, 6);
    expect(area(right!)).toBeCloseTo(1250 * 5, 6);
  });

  test('a regime that the rectangle does not meet has no points', () => {
    const regimes = withCentroids([
      [500, 2],
      [90000, 2],
    ]);
    expect(regions(regimes, 'H_T', 'abs_deta', rectangle).map(({ length }) => length)).toEqual([4, 0]);
  });

  test('a third variable is held at its mean', () => {
    const regimes = withCentroids([
      [500, 2],
      [1000, 2],
    ]);
    const third = { mean: 7, width: 2 };
    const at = (z: number) => ({
      ...regimes,
      scale: { ...regimes.scale, third },
      map: regimes.map.map((one, k) => ({ ...one, centroid: { ...one.centroid, third: k === 0 ? z : 7 } })),
    });
    const [left] = regions(at(7), 'H_T', 'abs_deta', rectangle);
    expect(area(left!)).toBeCloseTo(750 * 5, 6);
    // |z − p|² = |z − q|² with p off by one width: 2 Δ (x − 750) / w² = −1, Δ = 500.
    const [shifted] = regions(at(9), 'H_T', 'abs_deta', rectangle);
    const width = regimes.scale.H_T!.width;
    expect(area(shifted!)).toBeCloseTo((750 - width ** 2 / 1000) * 5, 6);
  });
});
