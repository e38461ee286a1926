import { readFileSync } from 'node:fs';
import type { WeightedPoints } from '../../../operators/regimes/kmeans.js';

interface Stored {
  readonly name: string;
  readonly points: number[][];
  readonly weights: number[];
  readonly fits: readonly {
    readonly count: number;
    readonly inertia: number;
    readonly calinskiHarabasz: number;
    readonly centroids: number[][];
  }[];
}

/** Weighted points and what scikit-learn finds in them (test/fixtures/regimes/reference.py). */
export const reference = JSON.parse(readFileSync('test/fixtures/regimes/kmeans.json', 'utf8')) as Stored[];

export const weightedPoints = (
  points: readonly (readonly number[])[],
  weights?: readonly number[],
): WeightedPoints => ({
  points: Float64Array.from(points.flat()),
  weights: Float64Array.from(weights ?? points.map(() => 1)),
  dimensions: points[0]?.length ?? 1,
});
