import { MAX_DISTANCE } from '../regimes/assign.js';
import type { RegimeMap } from '../regimes/regime_map.js';
import { number, type Lane, type Program } from './lanes.js';
import { lines, written } from './written.js';

/** Regime and squared distance to its centroid, for the context variables in the map's order: `assignRegimes`, in lanes. */
export function assignLanes(p: Program, { scale, centroids }: RegimeMap, columns: readonly Lane[]) {
  const z = columns.map((x, d) => {
    const { mean, width } = scale[d]!;
    return written(p, '(x - mean) * inverse', { x, mean: number(p, mean), inverse: number(p, 1 / width) });
  });
  let nearest = number(p, 0);
  let least = number(p, Infinity);
  centroids.forEach((centroid, j) => {
    const squares = centroid.map((c, d) => {
      const { square = -1 } = lines(p, ['by = z - c', 'square = by * by'], { z: z[d]!, c: number(p, c) });
      return square;
    });
    const distance = squares.reduce((sum, square) => written(p, 'sum + square', { sum, square }));
    const names = { distance, least, nearest, j: number(p, j) };
    nearest = written(p, 'where(distance < least, j, nearest)', names);
    least = written(p, 'where(distance < least, distance, least)', names);
  });
  const most = number(p, MAX_DISTANCE);
  return { regime: nearest, distance: written(p, 'where(least < most, least, most)', { least, most }) };
}
