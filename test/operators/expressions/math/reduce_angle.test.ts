import { describe, expect, it } from 'vitest';
import { reduceAngle, rest } from '../../../../operators/expressions/math/reduce_angle.js';

describe('reduceAngle', () => {
  it('leaves both parts of the rest, fast and huge', () => {
    // mpmath, 1400 bits
    expect(reduceAngle(1e5, 0)).toBe(63662);
    expect(rest[0]! + rest[1]!).toBe(-0.035756416708573505);
    expect(reduceAngle(1e22, 0)).toBe(3);
    expect(rest[0]! + rest[1]!).toBe(0.5506189342358097);
  });
  it('holds for the double that comes closest to a multiple of π/2', () => {
    // Muller, Elementary Functions (2016), ch. 11: 6381956970095103 · 2^797, 4.6871659242546276e-19 away
    reduceAngle(6381956970095103 * 2 ** 797, 0);
    expect(Math.abs(rest[0]! + rest[1]!)).toBe(4.687165924254628e-19);
  });
  it('agrees on both sides of the limit of the fast reduction', () => {
    const x = 1048576;
    const n = reduceAngle(x, 0) & 3;
    const below = rest[0]! + rest[1]!;
    expect(reduceAngle(x + 2 ** -32, 0) & 3).toBe(n);
    expect(rest[0]! + rest[1]! - below).toBeCloseTo(2 ** -32, 24);
  });
  it('gives NaN for what has no direction', () => {
    for (const x of [NaN, Infinity, -Infinity]) {
      reduceAngle(x, 0);
      expect(rest[0]).toBeNaN();
    }
  });
});
