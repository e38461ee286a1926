import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hypot } from '../../../../operators/expressions/math/hypot.js';
import { bitsOf, furthest, readTable } from './tables.js';

describe('hypot', () => {
  it('is within 2 ulp of the reference, special values to the bit', () => {
    expect(furthest(hypot, readTable('hypot'), 2)).toBe('none');
  });
  it('is symmetric to the bit, and at least as long as either side', () => {
    const side = fc.double({ noNaN: true });
    fc.assert(
      fc.property(side, side, (x, y) => {
        expect(hypot(y, -x)).toBe(hypot(x, y));
        expect(hypot(x, y)).toBeGreaterThanOrEqual(Math.max(Math.abs(x), Math.abs(y)));
      }),
    );
  });
  it('keeps its bits', () => {
    expect(bitsOf(hypot, [-10, 10], [-10, 10])).toBe(
      'c365f09bacee3198c884726b0ac337d92c01ddea35f03254400c279267f10f6d',
    );
  });
});
