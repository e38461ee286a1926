import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assignLanes } from '../../../operators/compiled/assign.js';
import { assignRegimes } from '../../../operators/regimes/assign.js';
import type { RegimeMap } from '../../../operators/regimes/regime_map.js';
import { laneValues } from './lane_values.js';

const z = fc.oneof(
  fc.integer({ min: -6, max: 6 }).map((i) => i / 2),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(0, -0, 5e-324, 1e300),
);

it('gives the regimes and distances of the plain loop, bit for bit, in any number of dimensions', () => {
  const cases = fc.integer({ min: 1, max: 5 }).chain((dimensions) => {
    const point = fc.array(z, { minLength: dimensions, maxLength: dimensions });
    return fc.record({
      rows: fc.array(point, { minLength: 1, maxLength: 9 }),
      centroids: fc.array(point, { minLength: 1, maxLength: 9 }),
      scale: fc.array(fc.record({ mean: z, width: fc.constantFrom(0.3, 1, 4) }), {
        minLength: dimensions,
        maxLength: dimensions,
      }),
    });
  });
  fc.assert(
    fc.property(cases, ({ rows, centroids, scale }) => {
      const map: RegimeMap = { version: '', variables: scale.map((_, d) => `x${d}`), scale, centroids, labels: [] };
      const columns = scale.map((_, d) => Float64Array.from(rows, (row) => row[d]!));
      const [regimes, distances] = [new Uint16Array(rows.length), new Float64Array(rows.length)];
      assignRegimes(map, columns, rows.length, regimes, distances);
      const [regime, distance] = laneValues((p, lanes) => {
        const made = assignLanes(p, map, lanes);
        return [made.regime, made.distance];
      }, columns);
      expect([regime, distance]).toEqual([[...regimes], [...distances]]);
    }),
    { numRuns: 100 },
  );
});
