import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crystalBallArea } from '../../../operators/peak/crystal_ball.js';
import { resolutionNodes } from '../../../operators/peak/resolution_nodes.js';
import { parameters } from './reference.js';

it('integrate the Crystal Ball over the range they cover', () => {
  const alpha = fc.double({ min: 0.5, max: 4, noNaN: true });
  const power = fc.double({ min: 3, max: 30, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 2, noNaN: true }), alpha, power, (sigma, a, n) => {
      const { c } = resolutionNodes(parameters({ sigma, alpha: a, n }), 60, 120);
      // Left out: beyond 1000 GeV about (n σ / α / 1000)^(n − 1) of a tail, and what is below e^−24.5.
      const beyond = (n * sigma) / a / 1000;
      const sum = c.reduce((x, y) => x + y, 0);
      expect(Math.abs(sum / crystalBallArea({ alpha: a, n }) - 1)).toBeLessThan(5e-7 + 2 * beyond ** (n - 1));
    }),
  );
});

it('are few hundred, and one without resolution', () => {
  for (const sigma of [0.02, 0.3, 2, 8, 25]) {
    const { count } = resolutionNodes(parameters({ sigma, alpha: 1, n: 3, alphaHigh: 1, nHigh: 3 }), 60, 120);
    expect(count).toBeLessThan(1500);
  }
  expect([...resolutionNodes(parameters({}), 60, 120).t]).toEqual([0]);
});
