import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deltaR } from '../../../../operators/expressions/functions/delta_r.js';
import { bitsOf, furthest, readTable } from '../math/tables.js';

describe('deltaR', () => {
  it('is within 2 ulp of the reference, special values to the bit', () => {
    expect(furthest(deltaR, readTable('delta_r'), 2)).toBe('none');
  });
  it('does not depend on which object comes first, and is at least |Δη|', () => {
    const angle = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(angle, angle, angle, angle, (eta1, phi1, eta2, phi2) => {
        expect(deltaR(eta2, phi2, eta1, phi1)).toBe(deltaR(eta1, phi1, eta2, phi2));
        expect(deltaR(eta1, phi1, eta2, phi2)).toBeGreaterThanOrEqual(Math.abs(eta1 - eta2));
      }),
    );
  });
  it('keeps its bits', () => {
    expect(bitsOf(deltaR, [-2.5, 2.5], [-3.2, 3.2], [-2.5, 2.5], [-3.2, 3.2])).toBe(
      'e7d786f45029704d90992b6a780bd030058e0722e1e15dcaa73cdbb4c51445d0',
    );
  });
});
