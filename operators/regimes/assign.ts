import type { RegimeMap } from './regime_map.js';

/**
 * Regime of every event: the centroid nearest in standardised coordinates, Σ_d ((x_d − mean_d) / width_d − c_d)²;
 * a tie goes to the lower number. Columns: the context variables in the map's order, finite.
 */
export function assignRegimes(
  map: RegimeMap,
  columns: readonly Float64Array[],
  length: number,
  out: Uint16Array,
  distances?: Float64Array,
): void {
  const best = distances ?? new Float64Array(length);
  const standardised = columns.map((column, d) => {
    const mean = map.scale[d]!.mean;
    const inverse = 1 / map.scale[d]!.width;
    const z = new Float64Array(length);
    for (let i = 0; i < length; i++) z[i] = (column[i]! - mean) * inverse;
    return z;
  });
  const distance = new Float64Array(length);
  map.centroids.forEach((centroid, j) => {
    distance.fill(0);
    centroid.forEach((c, d) => {
      const z = standardised[d]!;
      for (let i = 0; i < length; i++) {
        const difference = z[i]! - c;
        distance[i]! += difference * difference;
      }
    });
    for (let i = 0; i < length; i++) {
      if (j === 0 || distance[i]! < best[i]!) {
        best[i] = distance[i]!;
        out[i] = j;
      }
    }
  });
}
