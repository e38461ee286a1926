import { describe, expect, it } from 'vitest';
import { powerOfTwo, scale } from '../../../../operators/expressions/math/power_of_two.js';

describe('powerOfTwo', () => {
  it('is exact from the least subnormal to the largest power', () => {
    expect(powerOfTwo(-1074)).toBe(5e-324);
    expect(powerOfTwo(-1022)).toBe(2.2250738585072014e-308);
    expect(powerOfTwo(0)).toBe(1);
    expect(powerOfTwo(1023) * (2 - Number.EPSILON)).toBe(Number.MAX_VALUE);
    for (let k = -1073; k <= 1023; k++) expect(powerOfTwo(k)).toBe(2 * powerOfTwo(k - 1));
  });
});

describe('scale', () => {
  it('multiplies by a power of two out of range, rounding once', () => {
    expect(scale(1.5, 10)).toBe(1536);
    expect(scale(0.75, 1024)).toBe(1.5 * 2 ** 1023);
    expect(scale(1, 1024)).toBe(Infinity);
    expect(scale(1.5, -1074)).toBe(1e-323); // a tie, to even: 2 units of the last place
    expect(scale(1 + 2 ** -52, -1075)).toBe(5e-324); // just above half the least subnormal
    expect(scale(1, -1075)).toBe(0);
    expect(scale(NaN, NaN)).toBeNaN();
  });
});
