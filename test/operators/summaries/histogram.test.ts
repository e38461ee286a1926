import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumAt } from '../../../operators/summaries/exact_sum.js';
import { histogram, slotOf, slotsOf, type Bins } from '../../../operators/summaries/histogram.js';
import { reference } from './reference.js';
import { filled } from './rows.js';

describe('histogram', () => {
  const { x, w, group } = reference;
  const { bins } = reference.histogram;
  const state = filled(histogram, { bins, groups: 3, weighted: true }, { columns: [x], group, weight: w });

  it.each([0, 1, 2])('equals numpy.histogram with its flow bins, group %i', (g) => {
    for (let slot = 0; slot < bins[0] + 2; slot++) {
      const at = g * slotsOf(bins) + slot;
      expect(state.n[at]).toBe(reference.histogram.n[g]![slot]);
      expect(sumAt(state.w!, at)).toBeCloseTo(reference.histogram.w[g]![slot]!, 10);
      expect(sumAt(state.w2!, at)).toBeCloseTo(reference.histogram.w2[g]![slot]!, 9);
    }
  });

  it('has low edges in, high edges out, and a slot for NaN', () => {
    const values = [
      -1,
      0,
      0.5,
      1,
      -0,
      -Infinity,
      Infinity,
      NaN,
      -1.0000001,
      0.9999999,
      Number.MAX_VALUE,
      -Number.MAX_VALUE,
    ];
    const { n } = filled(histogram, { bins: [4, -1, 1], groups: 1, weighted: false }, { columns: [values] });
    expect([...n]).toEqual([3, 1, 0, 2, 2, 3, 1]);
  });

  it('agrees with slotOf, and slotOf with its formula', () => {
    const anything = fc.oneof(
      fc.double(),
      fc.double({ min: -2, max: 2 }),
      fc.integer({ min: -30, max: 30 }).map((i) => i / 10),
    );
    const axis = fc.constantFrom<Bins>([10, -1, 1], [3, 0, 1], [4000, -1, 1]);
    fc.assert(
      fc.property(fc.array(anything), axis, (values, bins) => {
        const expected = new Float64Array(slotsOf(bins));
        for (const x of values) expected[slotOf(x, bins)]!++;
        expect(filled(histogram, { bins, groups: 1, weighted: false }, { columns: [values] }).n).toEqual(expected);
        for (const x of values) {
          const [n, low, high] = bins;
          const bin = Math.floor((x - low) * (n / (high - low)));
          const slot = Number.isNaN(x) ? n + 2 : bin < 0 ? 0 : bin >= n ? n + 1 : bin + 1;
          expect(slotOf(x, bins)).toBe(slot);
        }
      }),
    );
  });
});
