import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, expSum } from '../../../../operators/expressions/math/exp.js';
import { bitsOf, furthest, readTable } from './tables.js';

describe('exp', () => {
  it('is within 2 ulp of the reference, special values to the bit', () => {
    expect(furthest(exp, readTable('exp'), 2)).toBe('none');
  });
  it('never falls over 4 ulp of the result', () => {
    fc.assert(
      fc.property(fc.double({ min: -746, max: 710, noNaN: true }), (x) => {
        expect(exp(x + Math.max(1, Math.abs(x)) * 2 ** -50)).toBeGreaterThanOrEqual(exp(x));
      }),
    );
  });
  it('carries the second part of its argument', () => {
    expect(expSum(1, 2 ** -53, 0)).toBe(2.7182818284590455); // e = 2.71828182845904523...; e (1 + 2^-53) = 2.71828182845904554
    expect(expSum(709, 0, 2)).toBe(exp(709) * 4);
  });
  it('keeps its bits', () => {
    expect(bitsOf(exp, [-745, 710])).toBe('0a2c8fc9bc2b7f6d5ab3f0db9dc58a49f11149c476c544500904cbf91f07f4df');
  });
});
