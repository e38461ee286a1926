import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALL_LIMBS,
  bothLimbs,
  covers,
  FEWEST_LIMBS,
  weightLimbs,
} from '../../../../operators/compiled/fills/weight_limbs.js';
import { addWide } from '../../../../operators/summaries/exact_sum.js';

const of = (...w: number[]) => weightLimbs(Float64Array.from(w), w.length);

const weight = fc.oneof(
  fc.double({ min: -(2 ** 40), max: 2 ** 40, noNaN: true }),
  fc.float({ min: -1000, max: 1000, noNaN: true }),
  fc.integer({ min: -60, max: 40 }).map((e) => 2 ** e),
  fc.constantFrom(0, -0, 0.5, 2 ** 31, 2 ** 32, 2 ** -33, 1 - 2 ** -53, 5e-324),
);

describe('weightLimbs', () => {
  it('leaves out no limb that a weight or its square has', () => {
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 5 }), (weights) => {
        const { w, w2 } = of(...weights);
        for (const x of weights) {
          for (const [value, { from, to }] of [
            [x, w],
            [x * x, w2],
          ] as const) {
            const limbs = new Float64Array(6);
            addWide(limbs, 0, value);
            limbs.forEach((limb, i) => {
              if (i < from || i >= to) expect([value, i, limb]).toEqual([value, i, 0]);
            });
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('needs few for the weights of one process, all for what has no bounds', () => {
    // 0.0123 pb in single precision: whole multiples of 2^-30, its square of 2^-60.
    expect(of(Math.fround(0.0123), -Math.fround(0.0123))).toEqual({ w: { from: 2, to: 3 }, w2: { from: 2, to: 4 } });
    expect(of(1, 1, 1)).toEqual({ w: { from: 1, to: 3 }, w2: { from: 1, to: 4 } });
    expect(of(0, -0)).toEqual(FEWEST_LIMBS);
    expect(of()).toEqual(FEWEST_LIMBS);
    expect([of(1, NaN), of(Infinity)]).toEqual([ALL_LIMBS, ALL_LIMBS]);
  });
});

it('limbs are joined so that both are covered', () => {
  const [a, b] = [of(2 ** 20), of(2 ** -40)];
  expect([covers(a, b), covers(b, a)]).toEqual([false, false]);
  const both = bothLimbs(a, b);
  expect([covers(both, a), covers(both, b), covers(both, ALL_LIMBS)]).toEqual([true, true, false]);
});
