import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { philox } from '../../../operators/random/philox.js';
import { uniform } from '../../../operators/random/uniform.js';

const word = fc.integer({ min: 0, max: 0xffffffff });

describe('uniform', () => {
  it('is the odd multiple of 2^−53 that its bits say, never 0 or 1', () => {
    expect(uniform(0, 0)).toBe(2 ** -53);
    expect(uniform(0xffffffff, 0xffffffff)).toBe(1 - 2 ** -53);
    fc.assert(
      fc.property(word, word, (a, b) => {
        const n = (BigInt(a >>> 6) << 26n) + BigInt(b >>> 6);
        expect(uniform(a, b)).toBe(Number(2n * n + 1n) / 2 ** 53);
      }),
    );
  });

  it('is symmetric: the complement of the bits gives 1 − u', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(uniform(~a, ~b)).toBe(1 - uniform(a, b));
      }),
    );
  });

  it('fills (0, 1) evenly: χ² of 100 bins over 100,000 draws', () => {
    const out = new Uint32Array(4);
    const bins = new Float64Array(100);
    for (let i = 0; i < 100_000; i++) {
      philox(i, 0, 0, 0, 1, 0, out);
      bins[Math.floor(100 * uniform(out[0]!, out[1]!))]! += 1;
    }
    const chi2 = bins.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    // 99 degrees of freedom: 99 ± 4 · sqrt(198).
    expect(Math.abs(chi2 - 99)).toBeLessThan(4 * Math.sqrt(198));
  });
});
