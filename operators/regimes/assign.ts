import type { RegimeMap } from './regime_map.js';

/**
 * Regime of every event: the centroid nearest in standardised coordinates, Σ_d ((x_d − mean_d) / width_d − c_d)²;
 * a tie goes to the lower number. Columns: the context variables in the map's order, finite. `distances` receives the
 * squared distance to that centroid, capped at 2^25 so that sums of it and its square stay exact.
 */
export function assignRegimes(
  map: RegimeMap,
  columns: readonly Float64Array[],
  length: number,
  out: Uint16Array,
  distances: Float64Array,
): void {
  const means = Float64Array.from(map.scale, ({ mean }) => mean);
  const inverses = Float64Array.from(map.scale, ({ width }) => 1 / width);
  const centroids = Float64Array.from(map.centroids.flat());
  if (columns.length === 2) assignInPlane(means, inverses, centroids, columns, length, out, distances);
  else assignInSpace(means, inverses, centroids, columns, length, out, distances);
}

export const MAX_DISTANCE = 2 ** 25;

type Assign = (
  means: Float64Array,
  inverses: Float64Array,
  centroids: Float64Array,
  columns: readonly Float64Array[],
  length: number,
  out: Uint16Array,
  distances: Float64Array,
) => void;

/** The same for two variables, in registers. */
const assignInPlane: Assign = (means, inverses, centroids, columns, length, out, distances) => {
  const [x, y] = columns as [Float64Array, Float64Array];
  const count = centroids.length / 2;
  for (let i = 0; i < length; i++) {
    const u = (x[i]! - means[0]!) * inverses[0]!;
    const v = (y[i]! - means[1]!) * inverses[1]!;
    let nearest = 0;
    let least = Infinity;
    for (let j = 0; j < count; j++) {
      const du = u - centroids[2 * j]!;
      const dv = v - centroids[2 * j + 1]!;
      const distance = du * du + dv * dv;
      if (distance < least) {
        nearest = j;
        least = distance;
      }
    }
    out[i] = nearest;
    distances[i] = Math.min(least, MAX_DISTANCE);
  }
};

const assignInSpace: Assign = (means, inverses, centroids, columns, length, out, distances) => {
  const dimensions = columns.length;
  const z = new Float64Array(dimensions);
  for (let i = 0; i < length; i++) {
    for (let d = 0; d < dimensions; d++) z[d] = (columns[d]![i]! - means[d]!) * inverses[d]!;
    let nearest = 0;
    let least = Infinity;
    for (let at = 0; at < centroids.length; at += dimensions) {
      let distance = 0;
      for (let d = 0; d < dimensions; d++) {
        const difference = z[d]! - centroids[at + d]!;
        distance += difference * difference;
      }
      if (distance < least) {
        nearest = at / dimensions;
        least = distance;
      }
    }
    out[i] = nearest;
    distances[i] = Math.min(least, MAX_DISTANCE);
  }
};
