import fc from 'fast-check';
import { expect, it } from 'vitest';
import { breitWigner, breitWignerIntegral, Z_MASS, Z_WIDTH } from '../../../operators/peak/breit_wigner.js';
import { reference } from './reference.js';

it.each(reference.breitWigner)('integrates from $low to $high as scipy.integrate.quad', ({ low, high, integral }) => {
  expect(breitWignerIntegral(low, high) / integral).toBeCloseTo(1, 11);
});

it('is half as high where m² is MΓ away from M², but for the factor 2m', () => {
  const m = Math.sqrt(Z_MASS * Z_MASS + Z_MASS * Z_WIDTH);
  expect(breitWigner(m) / m / (breitWigner(Z_MASS) / Z_MASS)).toBeCloseTo(0.5, 13);
});

it('has integrals that add up', () => {
  const mass = fc.double({ min: 0, max: 1000, noNaN: true });
  fc.assert(
    fc.property(mass, mass, mass, (a, b, c) => {
      expect(breitWignerIntegral(a, b) + breitWignerIntegral(b, c)).toBeCloseTo(breitWignerIntegral(a, c), 15);
    }),
  );
});

it('is 0 below 0, and NaN for NaN', () => {
  expect([breitWigner(0), breitWigner(-91), breitWignerIntegral(-5, 0)]).toEqual([0, 0, 0]);
  expect([breitWigner(NaN), breitWignerIntegral(NaN, 1)]).toEqual([NaN, NaN]);
});
