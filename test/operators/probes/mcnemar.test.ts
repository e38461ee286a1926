import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairedDifference, significance } from '../../../operators/probes/mcnemar.js';
import { merit } from './merit.js';

describe.each(merit.mcnemar)('$b against $c of $n', ({ b, c, n, value, error, significance: sigma }) => {
  it('has the error of the single events, or of the score interval', () => {
    const found = pairedDifference(b, c, n);
    expect(found.value).toBeCloseTo(value, 14);
    expect(found.error! / error).toBeCloseTo(1, 6);
  });

  it('has the significance of scipy.stats.binomtest', () => {
    expect(significance(b, c)).toBeCloseTo(sigma, 7);
  });
});

const counts = fc.tuple(fc.nat(2000), fc.nat(2000), fc.nat(2000));

it('changes sign with the direction, and never has an error of 0', () => {
  fc.assert(
    fc.property(counts, ([b, c, rest]) => {
      const n = b + c + rest;
      fc.pre(n > 0);
      const [one, other] = [pairedDifference(b, c, n), pairedDifference(c, b, n)];
      expect(one.value! + other.value!).toBe(0);
      expect(one.error).toBe(other.error);
      expect(one.error).toBeGreaterThan(0);
      expect(significance(b, c) + significance(c, b)).toBe(0);
    }),
  );
});

it('grows with b at the same b + c', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), (tries) => {
      for (let b = 1; b <= tries; b++) {
        const step = significance(b, tries - b) - significance(b - 1, tries - b + 1);
        expect(step).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 20 },
  );
});

it('is unknown without events', () => {
  expect(pairedDifference(0, 0, 0)).toEqual({ value: null, error: null, reason: 'no events' });
  expect(significance(0, 0)).toBe(0);
});
