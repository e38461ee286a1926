import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deltaPhi } from '../../../../operators/expressions/functions/delta_phi.js';
import { bitsOf, furthest, readTable } from '../math/tables.js';

const phi = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('deltaPhi', () => {
  it('is within 1 ulp of the reference, special values to the bit', () => {
    expect(furthest(deltaPhi, readTable('delta_phi'), 1)).toBe('none');
  });
  it('lies in (−π, π]', () => {
    fc.assert(
      fc.property(phi, phi, (phi1, phi2) => {
        fc.pre(Number.isFinite(phi1 - phi2));
        expect(deltaPhi(phi1, phi2)).toBeLessThanOrEqual(Math.PI);
        expect(deltaPhi(phi1, phi2)).toBeGreaterThan(-Math.PI);
      }),
    );
  });
  it('lies in (−π, π] next to half turns', () => {
    for (let k = 1; k < 1_000_000; k += 14) {
      for (const x of [k * Math.PI, k * Math.PI * (1 + 2 ** -52), k * Math.PI * (1 - 2 ** -53)]) {
        const d = deltaPhi(0, x);
        if (!(d > -Math.PI && d <= Math.PI)) expect.fail(`Δφ of ${x} is ${d}`);
      }
    }
  });
  it('changes sign when the two change places', () => {
    fc.assert(
      fc.property(phi, phi, (phi1, phi2) => {
        const d = deltaPhi(phi1, phi2);
        fc.pre(Math.abs(d) < Math.PI && d !== 0);
        expect(deltaPhi(phi2, phi1)).toBe(-d);
      }),
    );
  });
  it('keeps its bits', () => {
    expect(bitsOf(deltaPhi, [-6.3, 6.3], [-6.3, 6.3])).toBe(
      '19cf442dc043e05bb9721c2b9cda4fcf583402ce825a006434f5b0ac0420715e',
    );
  });
});
