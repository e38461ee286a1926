import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellCentre, upperWord } from '../../../operators/summaries/cell_code.js';

const finite = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1e4, max: 1e4, noNaN: true }),
  fc.constantFrom(0, -0, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** -1022, 1),
);
const shift = fc.integer({ min: 10, max: 31 });
const codeOf = (x: number, shift: number): number => upperWord(x) >>> shift;

describe('cell code', () => {
  it('has the bits of IEEE 754', () => {
    expect([0, -0, 1, 2, -1].map(upperWord)).toEqual([0, 0, 0x3ff00000, 0x40000000, 0xbff00000]);
  });

  it('grows with |x|, negative numbers apart', () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        if (Math.abs(a) < Math.abs(b)) expect(upperWord(Math.abs(a))).toBeLessThanOrEqual(upperWord(Math.abs(b)));
        if (a < 0 && b >= 0) expect(upperWord(a)).toBeGreaterThan(upperWord(b));
      }),
    );
  });

  it('has the centre in the cell, at any level', () => {
    fc.assert(
      fc.property(finite, shift, (x, shift) => {
        const centre = cellCentre(codeOf(x, shift), shift);
        expect(Number.isFinite(centre)).toBe(true);
        expect(codeOf(centre, shift)).toBe(codeOf(x, shift));
      }),
      { numRuns: 1000 },
    );
  });

  it('is within half a cell of x: 2^-11 of it at the finest level', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), fc.boolean(), (size, negative) => {
        const x = negative ? -size : size;
        expect(Math.abs(cellCentre(codeOf(x, 10), 10) - x)).toBeLessThanOrEqual(size * 2 ** -11 * 1.01);
      }),
    );
  });
});
