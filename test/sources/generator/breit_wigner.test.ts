import fc from 'fast-check';
import { expect, it } from 'vitest';
import { breitWigner } from '../../../sources/generator/breit_wigner.js';
import { expectTable } from './reference.js';

it('inverts the integral of the density', () => {
  expectTable('breit_wigner.json', breitWigner, 1e-13);
});

it('increases, from 60 to 120 GeV', () => {
  expect(breitWigner(0)).toBeCloseTo(60, 10);
  expect(breitWigner(1)).toBeCloseTo(120, 10);
  expect(breitWigner(NaN)).toBeNaN();
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, (a, b) => {
      if (a < b - 1e-9) expect(breitWigner(a)).toBeLessThan(breitWigner(b));
      expect(breitWigner(a)).toBeGreaterThanOrEqual(60);
      expect(breitWigner(a)).toBeLessThanOrEqual(120);
    }),
  );
});
