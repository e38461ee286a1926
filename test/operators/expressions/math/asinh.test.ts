import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asinh } from '../../../../operators/expressions/math/asinh.js';
import { sinh } from '../../../../operators/expressions/math/sinh_cosh.js';
import { bitsOf, furthest, readTable } from './tables.js';

describe('asinh', () => {
  it('is within 2 ulp of the reference, special values to the bit', () => {
    expect(furthest(asinh, readTable('asinh'), 2)).toBe('none');
  });
  it('is odd, to the bit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (x) => {
        expect(asinh(-x)).toBe(-asinh(x));
      }),
    );
  });
  it('inverts sinh', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true, noDefaultInfinity: true }), (eta) => {
        expect(Math.abs(asinh(sinh(eta)) - eta)).toBeLessThanOrEqual(1e-15 * Math.abs(eta));
      }),
    );
  });
  it('keeps its bits', () => {
    expect(bitsOf(asinh, [-100, 100])).toBe('4a106657855bdcf10135af1336daa5810b8cb2120d75073c388c4ab5d6f94ac6');
  });
});
