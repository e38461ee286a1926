import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pow } from '../../../../operators/expressions/math/pow.js';
import { bitsOf, furthest, readTable } from './tables.js';

describe('pow', () => {
  it('is within 2 ulp of the reference, special values to the bit', () => {
    expect(furthest(pow, readTable('pow'), 2)).toBe('none');
  });
  it('multiplies for small powers', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (x) => {
        expect(pow(x, 1)).toBe(x);
        expect(pow(x, 2)).toBe(x * x);
        expect(pow(x, 3)).toBe(x * x * x);
        expect(pow(x, 4)).toBe(x * x * (x * x));
        expect(pow(x, -1)).toBe(1 / x);
      }),
    );
  });
  it('is exact for powers of two', () => {
    for (let k = -1074; k <= 1023; k++) expect(pow(2, k)).toBe(2 ** k);
  });
  it('keeps its bits', () => {
    expect(bitsOf(pow, [0, 10], [-20, 20])).toBe('34b799938cf983e3a44fff595ec50aa492f7f2b3ad141a3df762112af0934f21');
  });
});
