import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kmeans } from '../../../operators/regimes/kmeans.js';
import { reference, weightedPoints } from './reference.js';

const distance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, d) => sum + (x - b[d]!) ** 2, 0);

const rows = (centroids: Float64Array, dimensions: number): number[][] =>
  Array.from({ length: centroids.length / dimensions }, (_, j) => [
    ...centroids.subarray(j * dimensions, (j + 1) * dimensions),
  ]);

describe.each(reference)('kmeans of $name', ({ points, weights, fits }) => {
  const data = weightedPoints(points, weights);

  it.each(fits)('has at most 1.001 of the inertia of scikit-learn: $count', ({ count, inertia }) => {
    // The more clusters, the more local minima.
    const fit = kmeans(data, { count, seed: 1, restarts: count > 5 ? 50 : 10 });
    expect(fit.inertia).toBeLessThanOrEqual(1.001 * inertia);
    const centroids = rows(fit.centroids, data.dimensions);
    const direct = points.reduce(
      (sum, point, i) => sum + weights[i]! * Math.min(...centroids.map((centroid) => distance(point, centroid))),
      0,
    );
    expect(fit.inertia / direct).toBeCloseTo(1, 12);
  });
});

describe('kmeans', () => {
  const { points, weights } = reference[0]!;

  it('is deterministic; another seed starts elsewhere', () => {
    const config = { count: 5, seed: 7, restarts: 1 };
    const data = weightedPoints(points, weights);
    expect(kmeans(data, config)).toEqual(kmeans(data, config));
    expect(kmeans(data, { ...config, seed: 8 })).not.toEqual(kmeans(data, config));
  });

  it('has the weighted mean as the one centroid', () => {
    const { centroids, inertia } = kmeans(weightedPoints([[0], [4]], [3, 1]), { count: 1, seed: 1, restarts: 1 });
    expect([...centroids]).toEqual([1]);
    expect(inertia).toBe(3 + 9);
  });

  it('counts a point of weight n as n points', () => {
    const points = [[0], [1], [5], [6.5], [7]];
    const weights = [1, 4, 2, 1, 3];
    const repeated = points.flatMap((point, i) => Array<number[]>(weights[i]!).fill(point));
    const config = { count: 2, seed: 1, restarts: 5 };
    const [one, other] = [weightedPoints(points, weights), weightedPoints(repeated)].map((data) =>
      kmeans(data, config),
    );
    expect(one!.inertia).toBeCloseTo(other!.inertia, 12);
  });

  it('gives as many centroids as there are points if there are fewer than asked for', () => {
    const { centroids, inertia } = kmeans(
      weightedPoints([
        [1, 2],
        [3, 4],
      ]),
      { count: 4, seed: 1, restarts: 3 },
    );
    expect(rows(centroids, 2).sort()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(inertia).toBe(0);
    const one = kmeans(weightedPoints([[5]]), { count: 3, seed: 1, restarts: 1 });
    expect([[...one.centroids], one.inertia]).toEqual([[5], 0]);
    expect(kmeans(weightedPoints([]), { count: 3, seed: 1, restarts: 2 })).toEqual({
      centroids: new Float64Array(0),
      inertia: 0,
    });
  });

  it('takes identical points', () => {
    const { centroids, inertia } = kmeans(weightedPoints(Array<number[]>(20).fill([2, -1])), {
      count: 3,
      seed: 1,
      restarts: 2,
    });
    expect(rows(centroids, 2)).toEqual([
      [2, -1],
      [2, -1],
      [2, -1],
    ]);
    expect(inertia).toBe(0);
  });

  it('separates far blobs in any dimension, one centroid in each', () => {
    const offsets = [
      [0.1, -0.2],
      [-0.1, 0.1],
      [0, 0.1],
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (dimensions, count, seed) => {
          const blob = (j: number): number[] =>
            Array.from({ length: dimensions }, (_, d) => 100 * j * (d % 2 ? -1 : 1));
          const points = Array.from({ length: count }, (_, j) => j).flatMap((j) =>
            offsets.map((offset) => blob(j).map((x, d) => x + offset[d % 2]!)),
          );
          const { centroids } = kmeans(weightedPoints(points), { count, seed, restarts: 10 });
          const found = rows(centroids, dimensions).sort((a, b) => a[0]! - b[0]!);
          found.forEach((centroid, j) => {
            expect(distance(centroid, blob(j))).toBeLessThan(0.1 * dimensions);
          });
        },
      ),
    );
  });
});
