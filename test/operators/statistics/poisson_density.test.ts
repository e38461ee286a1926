import { expect, it } from 'vitest';
import { devianceHalf, logPoissonDensity, stirlingError } from '../../../operators/statistics/poisson_density.js';
import { near } from './reference.js';

// Loader (2000), table of the Stirling errors at 1, 5, 15.
it.each([
  [1, 0.08106146679532726],
  [5, 0.01664469118982119],
  [15, 0.0055547335519628],
])('Stirling error of %d', (a, wanted) => {
  expect(Math.abs(stirlingError(a) - wanted)).toBeLessThan(2e-14);
});

it('is the Poisson probability', () => {
  near(logPoissonDensity(3, 2), Math.log((8 / 6) * Math.exp(-2)), 1e-14);
  near(logPoissonDensity(0.5, 1), Math.log(Math.exp(-1) / (Math.sqrt(Math.PI) / 2)), 1e-14);
});

it('loses nothing near y = a: D = a (ε²/2 − ε³/6 ...) for y = a (1 + ε)', () => {
  const e = 2 ** -20;
  near(devianceHalf(1e6, 1e6 * (1 + e)), 1e6 * ((e * e) / 2 - (e * e * e) / 3), 1e-11);
  expect(devianceHalf(7, 7)).toBe(0);
});
