import { expect, it } from 'vitest';
import { largestRapidity, rapidity } from '../../../sources/generator/rapidity.js';
import { expectTable } from './reference.js';

it('inverts the integral of the density', () => {
  expectTable('rapidity.json', (u) => rapidity(u, 1), 1e-15 * 4);
  expect(rapidity(0.25, 5)).toBeCloseTo(5 * rapidity(0.25, 1), 14);
});

it('reaches ±Y at the ends', () => {
  expect(rapidity(0, 3)).toBeCloseTo(-3, 12);
  expect(rapidity(1, 3)).toBeCloseTo(3, 12);
});

it('is at most ln(√s / mT), and leaves either beam the energy it has', () => {
  for (const mass of [60, 91, 120]) {
    for (const pt of [0, 10, 300, 1500]) {
      const largest = largestRapidity(mass, pt);
      const mt = Math.hypot(mass, pt);
      expect(largest).toBeLessThanOrEqual(Math.log(14000 / mt) + 1e-12);
      expect(((mt + pt) * Math.exp(largest)) / 2).toBeCloseTo(7000, 8);
    }
  }
});
