import { log } from '../expressions/math/log.js';
import { finishHash, mixWord } from '../hash.js';

export interface KMeansConfig {
  readonly count: number;
  readonly seed: number;
  /** Starts of which the one with the least inertia is kept. */
  readonly restarts: number;
}

export interface KMeansFit {
  /** Row-major, count × dimensions. */
  readonly centroids: Float64Array;
  /** Σ over points of weight × squared distance to the nearest centroid. */
  readonly inertia: number;
}

/** Points row-major; weights are numbers of events. */
export interface WeightedPoints {
  readonly points: Float64Array;
  readonly weights: Float64Array;
  readonly dimensions: number;
}

const MAX_ITERATIONS = 300;
/** Relative gain of inertia below which Lloyd's iteration ends: for choosing among the restarts, and for the best. */
const TOLERANCE = { choose: 1e-4, final: 1e-9 };

/**
 * k-means on weighted points: greedy k-means++ seeding (D. Arthur & S. Vassilvitskii, 2007; 2 + ⌊ln k⌋ candidates a
 * step, as scikit-learn) and Lloyd's iteration, run to the end for the best start. Deterministic: points in the order given, chance from a hash of
 * (seed, restart, draw). Fewer points than `count` give as many centroids as there are points.
 */
export function kmeans(data: WeightedPoints, { count, seed, restarts }: KMeansConfig): KMeansFit {
  let best: KMeansFit | undefined;
  for (let restart = 0; restart < restarts; restart++) {
    let draws = 0;
    const uniform = (): number => finishHash(mixWord(mixWord(seed | 0, restart), draws++), 2) / 2 ** 32;
    const fit = lloyd(data, seedCentroids(data, count, uniform), TOLERANCE.choose);
    if (best === undefined || fit.inertia < best.inertia) best = fit;
  }
  return best ? lloyd(data, best.centroids, TOLERANCE.final) : { centroids: new Float64Array(0), inertia: 0 };
}

function squaredDistance({ points, dimensions }: WeightedPoints, i: number, c: Float64Array, j: number): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) {
    const difference = points[i * dimensions + d]! - c[j * dimensions + d]!;
    sum += difference * difference;
  }
  return sum;
}

function seedCentroids(data: WeightedPoints, count: number, uniform: () => number): Float64Array {
  const { points, weights, dimensions } = data;
  const size = weights.length;
  const k = Math.min(count, size);
  const centroids = new Float64Array(k * dimensions);
  const candidates = 2 + Math.floor(log(k));
  let nearest = new Float64Array(size).fill(1);
  for (let j = 0; j < k; j++) {
    let total = 0;
    for (let i = 0; i < size; i++) total += weights[i]! * nearest[i]!;
    let bestPotential = Infinity;
    let bestNearest = nearest;
    for (let trial = 0; trial < (j === 0 ? 1 : candidates); trial++) {
      let left = uniform() * total;
      let chosen = 0;
      while (chosen < size - 1 && (left -= weights[chosen]! * nearest[chosen]!) > 0) chosen++;
      const centre = points.slice(chosen * dimensions, (chosen + 1) * dimensions);
      const closer = new Float64Array(size);
      let potential = 0;
      for (let i = 0; i < size; i++) {
        const distance = squaredDistance(data, i, centre, 0);
        closer[i] = j === 0 ? distance : Math.min(distance, nearest[i]!);
        potential += weights[i]! * closer[i]!;
      }
      if (potential < bestPotential) {
        bestPotential = potential;
        bestNearest = closer;
        centroids.set(centre, j * dimensions);
      }
    }
    nearest = bestNearest;
  }
  return centroids;
}

function lloyd(data: WeightedPoints, start: Float64Array, tolerance: number): KMeansFit {
  const { points, weights, dimensions } = data;
  const k = start.length / dimensions;
  let centroids = start;
  let inertia = Infinity;
  for (let iteration = 1; ; iteration++) {
    const sums = new Float64Array(k * dimensions);
    const mass = new Float64Array(k);
    let total = 0;
    for (let i = 0; i < weights.length; i++) {
      let nearest = 0;
      let distance = Infinity;
      for (let j = 0; j < k; j++) {
        const candidate = squaredDistance(data, i, centroids, j);
        if (candidate < distance) {
          nearest = j;
          distance = candidate;
        }
      }
      total += weights[i]! * distance;
      mass[nearest]! += weights[i]!;
      for (let d = 0; d < dimensions; d++) {
        sums[nearest * dimensions + d]! += weights[i]! * points[i * dimensions + d]!;
      }
    }
    if (total >= inertia * (1 - tolerance) || iteration === MAX_ITERATIONS) return { centroids, inertia: total };
    inertia = total;
    const previous = centroids;
    // A centroid that lost all its points stays where it was.
    centroids = sums.map((sum, at) => {
      const m = mass[Math.floor(at / dimensions)]!;
      return m > 0 ? sum / m : previous[at]!;
    });
  }
}
