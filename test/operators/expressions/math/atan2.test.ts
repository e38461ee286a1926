import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atan, atan2 } from '../../../../operators/expressions/math/atan2.js';
import { bitsOf, furthest, readTable } from './tables.js';

const coordinate = fc.double({ min: 1e-100, max: 1e100, noNaN: true });

describe('atan', () => {
  it('is within 2 ulp of the reference, special values to the bit', () => {
    expect(furthest(atan, readTable('atan'), 2)).toBe('none');
  });
  it('is odd, to the bit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (x) => {
        expect(atan(-x)).toBe(-atan(x));
      }),
    );
  });
  it('keeps its bits', () => {
    expect(bitsOf(atan, [-10, 10])).toBe('a65236455d6f1fba67e21d4030dfcd658637144734a9dcebced6bc7629472794');
  });
});

describe('atan2', () => {
  it('is within 2 ulp of the reference, special values to the bit', () => {
    expect(furthest(atan2, readTable('atan2'), 2)).toBe('none');
  });
  it('is atan of the quotient to the right, and mirrors at both axes', () => {
    fc.assert(
      fc.property(coordinate, coordinate, (y, x) => {
        expect(atan2(y, x)).toBe(atan(y / x));
        expect(atan2(-y, x)).toBe(-atan2(y, x));
        expect(Math.abs(atan2(y, -x) + atan2(y, x) - Math.PI)).toBeLessThan(2e-15);
      }),
    );
  });
  it('keeps its bits', () => {
    expect(bitsOf(atan2, [-1, 1], [-1, 1])).toBe('a357fd0bacb0d60cb861499a9cfeee224702de63cd6f4bb149bd957a829155f2');
  });
});
