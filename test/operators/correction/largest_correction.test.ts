import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CorrectionModel } from '../../../operators/correction/correction_model.js';
import { features } from '../../../operators/correction/correction_model.js';
import { largestCorrection } from '../../../operators/correction/largest_correction.js';

const model = (degree: 0 | 1 | 2, low: number[], high: number[], coefficients: number[]): CorrectionModel => ({
  version: '',
  regimeMap: '',
  layer: 'smooth',
  variables: low.map((_, d) => `x${d}`),
  degree,
  low: [low],
  high: [high],
  coefficients: [coefficients],
});

describe('largest correction', () => {
  it.each([
    ['a constant', model(0, [0], [1], [-0.3]), 0.3],
    ['a line at its end', model(1, [-1], [4], [0.1, -0.2]), 0.7],
    ['a parabola at its top, between the ends', model(2, [-1], [3], [0, 0.2, -0.1]), 0.3],
    ['a parabola whose top is beyond', model(2, [-1], [0.5], [0, 0.2, -0.1]), 0.3],
    ['a bowl in the plane', model(2, [-1, -1], [1, 1], [-1, 0, 0, 0.5, 0, 0.5]), 1],
    ['a ridge along a diagonal', model(2, [-1, -1], [1, 1], [1, 0, 0, -1, 2, -1]), 3],
    ['a bounded variable of no width', model(2, [1, 2], [1, 2], [0, 1, 1, 1, 1, 1]), 10],
  ] as const)('of %s', (_, correction, expected) => {
    expect(largestCorrection(correction)[0]).toBeCloseTo(expected, 12);
  });

  it('is no less than on any grid, and reached', () => {
    const number = fc.integer({ min: -8, max: 8 }).map((i) => i / 4);
    const any = fc.integer({ min: 1, max: 3 }).chain((variables) =>
      fc.record({
        low: fc.array(number, { minLength: variables, maxLength: variables }),
        width: fc.array(fc.constantFrom(0, 1, 2.5), { minLength: variables, maxLength: variables }),
        a: fc.array(number, { minLength: 10, maxLength: 10 }),
      }),
    );
    fc.assert(
      fc.property(any, ({ low, width, a }) => {
        const list = features(low.length, 2);
        const high = low.map((x, d) => x + width[d]!);
        const [largest] = largestCorrection(model(2, low, high, a.slice(0, list.length)));
        const steps = 24;
        let onGrid = 0;
        for (let i = 0; i < (steps + 1) ** low.length; i++) {
          const x = low.map((from, d) => from + (width[d]! * (Math.floor(i / (steps + 1) ** d) % (steps + 1))) / steps);
          const c = list.reduce((sum, indices, f) => sum + indices.reduce((product, d) => product * x[d]!, a[f]!), 0);
          onGrid = Math.max(onGrid, Math.abs(c));
        }
        expect(largest).toBeGreaterThanOrEqual(onGrid - 1e-9);
        // A quadratic function moves by at most ½ |curvature| (half a step)² about its extreme.
        expect(largest).toBeLessThanOrEqual(onGrid + 9 * 4 * (2.5 / steps / 2) ** 2 + 1e-9);
      }),
      { numRuns: 100 },
    );
  });
});
