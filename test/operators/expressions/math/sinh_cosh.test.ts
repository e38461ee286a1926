import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosh, sinh, sinhSum } from '../../../../operators/expressions/math/sinh_cosh.js';
import { bitsOf, furthest, readTable, ulpsApart } from './tables.js';

const any = fc.double({ noNaN: true });

describe('sinh', () => {
  it('is within 2 ulp of the reference, special values to the bit', () => {
    expect(furthest(sinh, readTable('sinh'), 2)).toBe('none');
  });
  it('is odd, to the bit', () => {
    fc.assert(
      fc.property(any, (x) => {
        expect(sinh(-x)).toBe(-sinh(x));
      }),
    );
  });
  it('carries the second part of its argument', () => {
    // mpmath: sinh(x (1 + 2^-53))
    for (const [x, expected] of [
      [0.75, 0.8223167319358301],
      [3, 10.017874927409904],
      [20, 242582597.70489568],
    ] as const) {
      expect(ulpsApart(sinhSum(x, x * 2 ** -53), expected)).toBeLessThanOrEqual(1);
      expect(sinhSum(-x, -x * 2 ** -53)).toBe(-sinhSum(x, x * 2 ** -53));
    }
  });
  it('keeps its bits', () => {
    expect(bitsOf(sinh, [-10, 10])).toBe('1cb3278120dd06a3feaa33a29a37c0968963414e250a900e8e5e9437f62e3a3f');
  });
});

describe('cosh', () => {
  it('is within 2 ulp of the reference, special values to the bit', () => {
    expect(furthest(cosh, readTable('cosh'), 2)).toBe('none');
  });
  it('is even to the bit, and at least 1', () => {
    fc.assert(
      fc.property(any, (x) => {
        expect(cosh(-x)).toBe(cosh(x));
        expect(cosh(x)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
  it('keeps its bits', () => {
    expect(bitsOf(cosh, [-10, 10])).toBe('3f4355ca76ae1cd244d364f910d3cf94c4623cb7c3fd1ee7b282002bd45978c7');
  });
});
