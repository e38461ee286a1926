import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { divergenceTerm, jensenShannon } from '../../../operators/probes/jensen_shannon.js';

interface Reference {
  readonly histograms: readonly { readonly p: number[]; readonly q: number[]; readonly distance: number }[];
}
const reference = JSON.parse(readFileSync('test/fixtures/probes/scorer/reference.json', 'utf8')) as Reference;

describe('Jensen–Shannon distance', () => {
  test.each(reference.histograms)('scipy: $distance', ({ p, q, distance }) => {
    expect(Math.abs(jensenShannon(p, q) - distance)).toBeLessThan(1e-10);
    expect(jensenShannon(q, p)).toBe(jensenShannon(p, q));
  });

  test('closed forms: 0 for the same shares, 1 for disjoint ones, two bins', () => {
    expect(jensenShannon([1, 2, 3], [2, 4, 6])).toBe(0);
    expect(jensenShannon([4, 0], [0, 1])).toBe(1);
    // p = (1, 0), q = (½, ½): ½ log2(4/3) + ¼ log2(2/3) + ¼ log2 2.
    const expected = 0.5 * Math.log2(4 / 3) + 0.25 * Math.log2(2 / 3) + 0.25;
    expect(jensenShannon([2, 0], [1, 1])).toBeCloseTo(Math.sqrt(expected), 14);
    expect(jensenShannon([0, 0], [1, 1])).toBeNaN();
    expect(jensenShannon([], [])).toBeNaN();
  });

  test('terms are those of the definition, without its cancellation, and symmetric', () => {
    const share = fc.double({ min: 1e-6, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (p, q) => {
        const m = (p + q) / 2;
        const direct = 0.5 * (p * Math.log2(p / m) + q * Math.log2(q / m));
        expect(Math.abs(divergenceTerm(p, q) - direct)).toBeLessThan(1e-15);
        expect(divergenceTerm(q, p)).toBe(divergenceTerm(p, q));
        expect(divergenceTerm(p, q)).toBeGreaterThanOrEqual(0);
      }),
    );
    // Leading term: (p - q)² / (4 ln 2 (p + q)).
    expect(divergenceTerm(0.1, 0.1 + 1e-9) / (1e-9 ** 2 / (4 * Math.LN2 * 0.2))).toBeCloseTo(1, 6);
  });
});
