import { describe, expect, it } from 'vitest';
import { onsetRows, type OnsetFinding } from '../../../bench/toys/onsets.js';

const finding = (low: number, high: number): OnsetFinding => ({
  models: [{ model: 'learned', violated: high > 350, sigma: high / 100 }],
  onsets: { raw: { onset: (low + high) / 2, low, high, low68: low + 20, high68: high - 20 }, pull: null },
});

describe('onsetRows', () => {
  it('counts intervals that hold the truth, among those found', () => {
    const rows = onsetRows([finding(250, 350), finding(290, 400), finding(310, 380)], 300);
    const value = (what: string) => rows.find((row) => row.what === what)!.value;
    expect(value('locality violated (learned)')).toBeCloseTo(2 / 3);
    expect(value('median sigma of locality (learned)')).toBe(3.8);
    expect(value('raw: onset found')).toBe(1);
    expect(value('raw: 95 % interval covers 300')).toBeCloseTo(2 / 3);
    expect(value('raw: 68 % interval covers 300')).toBeCloseTo(1 / 3);
    expect(value('raw: median onset')).toBe(345);
    expect(value('raw: median width of the 95 % interval')).toBe(100);
    expect(value('pull: onset found')).toBe(0);
    expect(value('pull: 95 % interval covers 300')).toBeNull();
    expect(onsetRows([], 300)).toEqual([]);
  });
});
