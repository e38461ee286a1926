import { describe, expect, it } from 'vitest';
import { evenness, nullRows, type NullFinding } from '../../../bench/toys/null_samples.js';
import { uniforms } from '../../operators/response/reference.js';

const finding = (violated: boolean, p: number): NullFinding => ({
  level: 0.01,
  models: [{ model: 'learned', violated, significant: true, pValues: { 'H_T mean': p, 'H_T width': null } }],
  onsets: { 'H_T raw': violated },
  smooth: false,
  worse: true,
});

describe('nullRows', () => {
  it('counts false alarms, p-values and onsets', () => {
    const rows = nullRows([finding(true, 0.04), finding(false, 0.5), finding(false, 0.001), finding(false, 0.9)]);
    const value = (what: string) => rows.find((row) => row.what === what)?.value;
    expect(value('locality violated (learned)')).toBe(0.25);
    expect(value('locality significant (learned)')).toBe(1);
    expect(value('p of H_T mean (learned) < 0.05')).toBe(0.5);
    expect(value('p of H_T mean (learned) < 0.01')).toBe(0.25);
    expect(value('p of H_T width (learned) < 0.05')).toBeNull();
    expect(value('onset found: H_T raw')).toBe(0.25);
    expect(value('smooth correction accepted')).toBe(0);
    expect(value('correction made a regime worse')).toBe(1);
    expect(nullRows([])).toEqual([]);
  });
});

describe('evenness', () => {
  it('is itself even for even p-values, and 0 for others', () => {
    const p = Array.from({ length: 400 }, (_, i) => evenness(uniforms(50, i))!);
    for (const below of [0.1, 0.5, 0.9]) {
      const found = p.filter((each) => each < below).length;
      expect(Math.abs(found - 400 * below)).toBeLessThan(4 * Math.sqrt(400 * below * (1 - below)));
    }
    expect(evenness(uniforms(200, 1).map((x) => x * x))).toBeLessThan(1e-6);
    expect(evenness([0.1, 0.5])).toBeNull();
  });

  /** scipy.stats.kstest([0.5, 0.1, 0.35, 0.9, 0.2], 'uniform').pvalue, exact for 5 values. */
  it('takes the largest distance', () => {
    expect(Math.abs(evenness([0.5, 0.1, 0.35, 0.9, 0.2])! - 0.664)).toBeLessThan(0.02);
  });
});
