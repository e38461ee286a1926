import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boundAt, external, indexOf, internal, NAMES } from '../../../operators/peak/parameters.js';

const index = fc.integer({ min: 0, max: NAMES.length - 1 });

it('are undone by their inverse, and have the slope that differences show', () => {
  fc.assert(
    fc.property(index, fc.double({ min: -5, max: 5, noNaN: true }), (k, a) => {
      const { value, slope } = external(k, a);
      expect(internal(k, value)).toBeCloseTo(a, 8);
      const difference = (external(k, a + 1e-5).value - external(k, a - 1e-5).value) / 2e-5;
      expect(slope / difference).toBeCloseTo(1, 5);
    }),
  );
});

it('stay within their bounds and say when they lie at one', () => {
  const sigma = indexOf('sigma');
  expect([boundAt(sigma, -7), boundAt(sigma, 0), boundAt(sigma, 7)]).toEqual([0.02, undefined, 25]);
  fc.assert(
    fc.property(index, fc.double({ noNaN: true }), (k, a) => {
      const { value } = external(k, a);
      const [low, high] = [boundAt(k, -7)!, boundAt(k, 7)!];
      expect(value).toBeGreaterThanOrEqual(low - 1e-12);
      expect(value).toBeLessThanOrEqual(high + 1e-12);
    }),
  );
});

it('a value beyond a bound counts as just inside', () => {
  const fraction = indexOf('fraction');
  expect(external(fraction, internal(fraction, -3)).value).toBeCloseTo(0.98e-3, 12);
  expect(external(fraction, internal(fraction, 3)).value).toBeCloseTo(0.98 * 0.999, 12);
});
