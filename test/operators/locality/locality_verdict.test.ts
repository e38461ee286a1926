import { describe, expect, it } from 'vitest';
import type { LocalityBin, LocalityFamily } from '../../../operators/locality/locality_test.js';
import { localityVerdict } from '../../../operators/locality/locality_verdict.js';
import { estimate, unknown } from '../../../operators/response/estimate.js';
import { logTwoSided, twoSided } from '../../../operators/statistics/normal_tail.js';

const config = { level: 0.01, tolerance: 0.001, widthTolerance: 0.1 };

/** A bin with a mean so many sigma off, an excess in δ, and a width. */
const bin = (at: number, sigma: number, excess: number, width = 1, widthError = 0.02): LocalityBin => ({
  bin: at,
  n: 1000,
  pullMean: estimate(sigma * 0.03, 0.03),
  pullWidth: estimate(width, widthError),
  excess: estimate(excess, Math.abs(excess / (sigma || 1))),
  shared: 0,
  logP: logTwoSided(sigma),
  logPWidth: logTwoSided((width - 1) / widthError),
});
const few: LocalityBin = {
  ...bin(9, 0, 0),
  n: 3,
  pullMean: unknown('few'),
  pullWidth: unknown('few'),
  excess: unknown('few'),
  logP: null,
  logPWidth: null,
};

const family = (name: string, sigma: number | null, ...bins: LocalityBin[]): LocalityFamily => ({
  name,
  bins,
  chi2: 0,
  ndof: bins.length,
  logP: sigma === null ? null : logTwoSided(sigma),
  sigma,
  width: { chi2: 0, ndof: 0, logP: null },
  retained: null,
});

describe('localityVerdict', () => {
  it('agreement', () => {
    const found = localityVerdict([family('H_T', 1, bin(0, 1, 0.01)), family('regime', 0.5, bin(0, 0.5, 0))], config);
    expect(found).toMatchObject({ violated: false, significant: false, relevant: false, effect: null, width: null });
    // Of two families the least p-value counts twice.
    expect(found.pValue).toBeCloseTo(2 * twoSided(1), 12);
    expect(found.reason).toBe('pull means agree with a local response (0.5 sigma, level 0.01)');
  });

  it('a deviation that matters', () => {
    const found = localityVerdict(
      [family('H_T', 8, bin(0, 1, 0.0001), bin(1, 7, -0.02), bin(2, 9, 0.012)), family('regime', 2, bin(0, 2, 0.5))],
      config,
    );
    expect(found).toMatchObject({ violated: true, significant: true, relevant: true });
    // The largest excess of the bins that are significant, not of all.
    expect(found.effect).toMatchObject({ family: 'H_T', bin: { bin: 1 } });
    expect(found.sigma).toBeGreaterThan(7.8);
    expect(found.sigma).toBeLessThan(8);
    expect(found.reason).toBe(
      `pull means deviate by ${found.sigma!.toFixed(1)} sigma; the context adds −0.0200 ± 0.0029 to the bias in a bin of H_T, tolerance 0.001`,
    );
  });

  it('a deviation that a huge sample shows of any model is a trifle', () => {
    const found = localityVerdict([family('H_T', 20, bin(0, 19, 0.0009), bin(1, 0, 0))], config);
    expect(found).toMatchObject({ violated: false, significant: true, relevant: false });
    expect(found.reason).toMatch(
      /^pull means deviate by 20.0 sigma, but at most \+0\.0009 ± 0\.0000 in a bin of H_T, tolerance/,
    );
  });

  it('a deviation of all bins together, none of its own', () => {
    const found = localityVerdict([family('H_T', 5, bin(0, 2, 0.05), bin(1, -2, -0.05))], config);
    expect(found).toMatchObject({ violated: false, significant: true, relevant: false, effect: null });
    expect(found.reason).toContain('but no single bin stands out, tolerance 0.001');
  });

  it('a bin that stands out does not make up for means that agree together', () => {
    const found = localityVerdict([family('H_T', 1, bin(0, 6, 0.05))], config);
    expect(found).toMatchObject({ violated: false, significant: false, relevant: true });
  });

  it('a width beyond the tolerance is a violation, within it is not, nor one that is not significant', () => {
    const wide = localityVerdict([family('H_T', 0, bin(0, 0, 0, 1.2))], config);
    expect(wide).toMatchObject({ violated: true, significant: false, width: { family: 'H_T' } });
    expect(wide.reason).toBe(
      'pull means agree with a local response (0.0 sigma, level 0.01); the pull width in a bin of H_T is 1.200 ± 0.020',
    );
    const narrow = localityVerdict([family('H_T', 0, bin(0, 0, 0, 0.85))], config);
    expect(narrow.violated).toBe(true);
    expect(localityVerdict([family('H_T', 0, bin(0, 0, 0, 1.09))], config).violated).toBe(false);
    expect(localityVerdict([family('H_T', 0, bin(0, 0, 0, 1.5, 0.4))], config).violated).toBe(false);
  });

  it('Holm corrects over all bins of all families, means and widths apart', () => {
    const found = localityVerdict(
      [family('H_T', 0, bin(0, 3, 0.01), few), family('regime', 0, bin(0, 2, 0.01), bin(1, 1, 0))],
      config,
    );
    const [first, second] = found.adjusted;
    expect(first!.mean[0]).toBeCloseTo(3 * twoSided(3), 12);
    expect(first!.mean[1]).toBeNull();
    expect(second!.mean[0]).toBeCloseTo(2 * twoSided(2), 12);
    expect(second!.mean[1]).toBeCloseTo(twoSided(1), 12);
    expect(first!.width).toEqual([1, null]);
  });

  it('knows nothing without events', () => {
    const found = localityVerdict([family('H_T', null, few), family('regime', null)], config);
    expect(found).toMatchObject({
      violated: false,
      pValue: null,
      sigma: null,
      reason: 'no bin has enough events for a test',
    });
  });
});
