import { describe, expect, test } from 'vitest';
import { binningOf, edgesOf, slotOf, slotsOf } from '../../../operators/probes/binning.js';

const ramp = Float64Array.from({ length: 10_001 }, (_, i) => i + 0.5);

describe('binning', () => {
  test('a continuous feature: 50 bins of equal width between its 0.1 % and 99.9 % quantiles', () => {
    const binning = binningOf(ramp, 0);
    expect(binning.bins).toBe(50);
    expect(slotsOf(binning)).toBe(53);
    expect(binning.low).toBe(10.5);
    const edges = edgesOf(binning);
    expect(edges).toHaveLength(51);
    expect(edges.at(-1)).toBeCloseTo(9990.5, 4);
    expect(slotOf(binning, 10.5)).toBe(1);
    expect(slotOf(binning, 9990.5)).toBe(50);
    expect(slotOf(binning, 10.4)).toBe(0);
    expect(slotOf(binning, 9991)).toBe(51);
    expect([Infinity, -Infinity, NaN].map((x) => slotOf(binning, x))).toEqual([51, 0, 52]);
  });

  test('order and NaN do not matter', () => {
    const shuffled = Float64Array.from([NaN, ...ramp.toReversed(), NaN]);
    expect(binningOf(shuffled, 0)).toEqual(binningOf(ramp, 0));
  });

  test('a discrete feature has a bin for each value', () => {
    const binning = binningOf(Float64Array.of(0.5, 2, 1), 0.5);
    expect(binning).toEqual({ low: 0.25, width: 0.5, bins: 4 });
    expect([0, 0.5, 1, 1.5, 2, 2.5].map((x) => slotOf(binning, x))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(binningOf(Float64Array.of(3, 3, 7), 0)).toEqual({ low: 2.5, width: 1, bins: 5 });
    expect(binningOf(Float64Array.of(0, 5000), 1).bins).toBe(50);
  });

  test.each([
    ['no value', [], 0],
    ['NaN alone', [NaN], 0],
    ['one value', [0.3, 0.3], 1],
    ['values that differ in the last bit', [0.1, 0.1 + 2 ** -56, 0.1], 0],
  ])('%s: one bin', (_, x, slot) => {
    const binning = binningOf(Float64Array.from(x), 0);
    expect(binning.bins).toBe(1);
    if (slot > 0) for (const value of x) expect(slotOf(binning, value)).toBe(slot);
  });
});
