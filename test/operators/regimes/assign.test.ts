import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignRegimes } from '../../../operators/regimes/assign.js';
import type { RegimeMap } from '../../../operators/regimes/regime_map.js';

const mapOf = (centroids: readonly (readonly number[])[], scale: RegimeMap['scale']): RegimeMap => ({
  version: '',
  variables: scale.map((_, d) => `x${d}`),
  scale,
  centroids,
  labels: [],
});

function assign(map: RegimeMap, rows: readonly (readonly number[])[]): [regimes: number[], distances: number[]] {
  const columns = map.scale.map((_, d) => Float64Array.from(rows, (row) => row[d]!));
  const [out, distances] = [new Uint16Array(rows.length), new Float64Array(rows.length)];
  assignRegimes(map, columns, rows.length, out, distances);
  return [[...out], [...distances]];
}

describe.each([1, 2, 3, 4])('assignment to regimes in %i dimensions', (dimensions) => {
  // Halves make exact ties likely.
  const z = fc.oneof(
    fc.integer({ min: -6, max: 6 }).map((i) => i / 2),
    fc.double({ min: -9, max: 9, noNaN: true }),
  );
  const row = fc.array(z, { minLength: dimensions, maxLength: dimensions });

  it('takes the nearest centroid, of equally near ones the first', () => {
    const scale = fc.array(fc.record({ mean: fc.integer({ min: -3, max: 3 }), width: fc.constantFrom(0.5, 1, 4) }), {
      minLength: dimensions,
      maxLength: dimensions,
    });
    fc.assert(
      fc.property(fc.array(row), fc.array(row, { minLength: 1, maxLength: 8 }), scale, (rows, centroids, scale) => {
        const [regimes, distances] = assign(mapOf(centroids, scale), rows);
        rows.forEach((row, i) => {
          const all = centroids.map((centroid) =>
            row.reduce((sum, x, d) => sum + ((x - scale[d]!.mean) / scale[d]!.width - centroid[d]!) ** 2, 0),
          );
          expect(regimes[i]).toBe(all.indexOf(Math.min(...all)));
          expect(distances[i]).toBe(Math.min(...all));
        });
      }),
      { numRuns: 300 },
    );
  });

  it('caps the distance at 2^25', () => {
    const origin = Array<number>(dimensions).fill(0);
    const scale = origin.map(() => ({ mean: 0, width: 1e-3 }));
    const [regimes, distances] = assign(mapOf([origin], scale), [origin.map(() => 1e9), origin]);
    expect(regimes).toEqual([0, 0]);
    expect(distances).toEqual([2 ** 25, 0]);
  });
});
