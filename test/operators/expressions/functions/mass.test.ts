import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mass } from '../../../../operators/expressions/functions/mass.js';
import { bitsOf, furthest, readTable } from '../math/tables.js';

const pt = fc.double({ min: 1, max: 5000, noNaN: true });
const eta = fc.double({ min: -5, max: 5, noNaN: true });
const phi = fc.double({ min: -3.2, max: 3.2, noNaN: true });

describe('mass', () => {
  it('is within 3 ulp of the reference, special values to the bit', () => {
    expect(furthest(mass, readTable('mass'), 3)).toBe('none');
  });
  it('does not depend on which object comes first, nor on the sense of η and φ', () => {
    fc.assert(
      fc.property(pt, eta, phi, pt, eta, phi, (pt1, eta1, phi1, pt2, eta2, phi2) => {
        const m = mass(pt1, eta1, phi1, pt2, eta2, phi2);
        expect(mass(pt2, eta2, phi2, pt1, eta1, phi1)).toBe(m);
        expect(mass(pt1, -eta1, -phi1, pt2, -eta2, -phi2)).toBe(m);
      }),
    );
  });
  it('keeps its bits', () => {
    expect(bitsOf(mass, [1, 500], [-2.5, 2.5], [-3.2, 3.2], [1, 500], [-2.5, 2.5], [-3.2, 3.2])).toBe(
      '5e25f03ba1b7b653fe8d14fd8d471574191fbddc232b0deda3d16cc05e9885ba',
    );
  });
});
