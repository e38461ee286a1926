import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normal } from '../../../operators/random/normal.js';
import { philox } from '../../../operators/random/philox.js';
import { uniform } from '../../../operators/random/uniform.js';

const reference = JSON.parse(readFileSync('test/fixtures/random/normal.json', 'utf8')) as [number, number][];

/** Φ(x) by the series of G. Marsaglia, "Evaluating the normal distribution", J. Stat. Software 11 (2004) 4. */
function cdf(x: number): number {
  let sum = x;
  let term = x;
  for (let k = 3; Math.abs(term) > 1e-18; k += 2) sum += term *= (x * x) / k;
  return 0.5 + (sum * Math.exp(-(x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

function draws(n: number): Float64Array {
  const out = new Uint32Array(4);
  return Float64Array.from({ length: n }, (_, i) => {
    philox(i, 0, 0, 0, 7, 0, out);
    return normal(uniform(out[0]!, out[1]!));
  });
}

describe('normal', () => {
  it('is the quantile that 60 digits give, to 1e-15', () => {
    for (const [u, x] of reference) {
      expect(Math.abs(normal(u) - x), `u = ${u}`).toBeLessThanOrEqual(1e-15 * Math.abs(x));
    }
  });

  it('is odd about 1/2 and increases', () => {
    const grid = fc.integer({ min: 0, max: 2 ** 52 - 1 }).map((n) => (n + 0.5) * 2 ** -52);
    fc.assert(
      fc.property(grid, grid, (a, b) => {
        expect(normal(1 - a)).toBe(-normal(a));
        if (Math.abs(a - b) > 1e-13) expect(normal(a) < normal(b)).toBe(a < b);
      }),
    );
  });

  it('has the ends of its range, and is NaN outside', () => {
    expect([normal(0), normal(1), normal(-1e-9), normal(1.5), normal(NaN)]).toEqual([
      -Infinity,
      Infinity,
      NaN,
      NaN,
      NaN,
    ]);
    expect(normal(0.5)).toBe(0);
  });

  it('has the moments of the standard normal over 200,000 draws, within 4 standard errors', () => {
    const n = 200_000;
    const x = draws(n);
    const moment = (k: number): number => x.reduce((sum, value) => sum + value ** k, 0) / n;
    // Var(x^k) = E[x^2k] − E[x^k]².
    for (const [k, mean, variance] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
    ] as const) {
      expect(Math.abs(moment(k) - mean), `moment ${k}`).toBeLessThan(4 * Math.sqrt(variance / n));
    }
  });

  it('passes Kolmogorov–Smirnov against Φ at the 1 % level', () => {
    const n = 50_000;
    const x = draws(n).sort();
    let distance = 0;
    for (let i = 0; i < n; i++) {
      const share = cdf(x[i]!);
      distance = Math.max(distance, share - i / n, (i + 1) / n - share);
    }
    expect(distance * Math.sqrt(n)).toBeLessThan(1.628);
  });
});
