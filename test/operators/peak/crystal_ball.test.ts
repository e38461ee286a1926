import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crystalBall, crystalBallArea, NO_TAIL } from '../../../operators/peak/crystal_ball.js';
import { reference } from './reference.js';

it.each(reference.crystalBall)('equals scipy.stats.crystalball: α = $alpha, n = $n, t = $t', (row) => {
  const low = { alpha: row.alpha, n: row.n };
  expect(crystalBall(row.t, low) / crystalBallArea(low) / row.density).toBeCloseTo(1, 10);
});

it('is a Gaussian without tails, of area √(2π)', () => {
  expect(crystalBall(-5, NO_TAIL)).toBeCloseTo(Math.exp(-12.5), 17);
  expect(crystalBallArea(NO_TAIL)).toBeCloseTo(Math.sqrt(2 * Math.PI), 14);
});

const tail = fc.record({
  alpha: fc.double({ min: 0.2, max: 4, noNaN: true }),
  n: fc.double({ min: 1.02, max: 30, noNaN: true }),
});

it('has mirrored tails, joined with value and slope', () => {
  fc.assert(
    fc.property(tail, tail, fc.double({ min: -30, max: 30, noNaN: true }), (low, high, t) => {
      expect(crystalBall(t, low, high)).toBe(crystalBall(-t, high, low));
      const [before, at, after] = [-1e-5, 0, 1e-5].map((d) => crystalBall(-low.alpha + d, low));
      expect((after! - at!) / (at! - before!)).toBeCloseTo(1, 3);
    }),
  );
});

it('has areas of both tails that add up', () => {
  fc.assert(
    fc.property(tail, tail, (low, high) => {
      const both = crystalBallArea(low) + crystalBallArea(high) - Math.sqrt(2 * Math.PI);
      expect(crystalBallArea(low, high) / both).toBeCloseTo(1, 12);
    }),
  );
});

it('cannot be normalised for n ≤ 1, and is NaN for NaN', () => {
  expect(crystalBallArea({ alpha: 1, n: 1 })).toBe(Infinity);
  expect(crystalBall(NaN, { alpha: 1, n: 2 })).toBeNaN();
});
