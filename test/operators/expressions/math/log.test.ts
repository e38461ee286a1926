import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponentOf, log } from '../../../../operators/expressions/math/log.js';
import { bitsOf, furthest, readTable } from './tables.js';

describe('log', () => {
  it('is within 2 ulp of the reference, special values to the bit', () => {
    expect(furthest(log, readTable('log'), 2)).toBe('none');
  });
  it('never falls over 4 ulp of the result', () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, max: 1e308, noNaN: true }), (x) => {
        expect(log(x * (1 + Math.max(1, Math.abs(log(x))) * 2 ** -50))).toBeGreaterThanOrEqual(log(x));
      }),
    );
  });
  it('finds the exponent of the fraction in [√½, √2)', () => {
    expect([1, 1.41, 1.42, 2, 0.72, 0.7, 2 ** -1022, 1.7976931348623157e308].map(exponentOf)).toEqual([
      0, 0, 1, 1, 0, -1, -1022, 1024,
    ]);
  });
  it('keeps its bits', () => {
    expect(bitsOf(log, [1e-9, 1e4])).toBe('6ed5b45974caed3b9b6da410e1ece134897af589d02c30236f77f5123b8ac7b3');
  });
});
