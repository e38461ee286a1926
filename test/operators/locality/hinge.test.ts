import { describe, expect, it } from 'vitest';
import { fitHinge, hingeCurve, hingeEffect } from '../../../operators/locality/hinge.js';
import { hingeGrid } from '../../../operators/locality/hinge_grid.js';
import { reference } from './toys.js';

describe('fitHinge', () => {
  for (const fit of reference.fits) {
    it(`equals scipy.optimize.least_squares: ${fit.name}`, () => {
      const grid = hingeGrid(Float64Array.from(fit.x), Float64Array.from(fit.error), fit.kind);
      const found = fitHinge(grid, Float64Array.from(fit.y));
      // The plateau is refined once, not to the last digit; χ² is flat there.
      expect(found.chi2 - fit.chi2).toBeGreaterThan(-1e-6);
      expect(found.chi2 - fit.chi2).toBeLessThan(0.02);
      expect(found.ndof).toBe(fit.ndof);
      expect(Math.abs(found.onset - fit.onset)).toBeLessThan(fit.plateau === null ? 0.01 : 3);
      expect(Math.abs(found.slope / fit.slope - 1)).toBeLessThan(fit.plateau === null ? 1e-4 : 0.03);
      expect(Math.abs(found.curvature - fit.curvature)).toBeLessThan(0.01 * fit.curvature + 1e-12);
      if (fit.plateau === null) expect(found.plateau).toBe(Infinity);
      else expect(Math.abs(found.plateau - fit.plateau)).toBeLessThan(10);
      if (fit.kind === 'known') expect([found.baseline, found.drift]).toEqual([0, 0]);
      else expect(Math.abs(found.baseline - fit.baseline)).toBeLessThan(1e-5);
      expect(Math.abs(found.drift - fit.drift)).toBeLessThan(1e-9);
    });
  }

  it('finds the onset of a curve without noise wherever it is, and its χ² is that of the curve', () => {
    const { x, error } = reference.fits[0]!;
    const grid = hingeGrid(Float64Array.from(x), Float64Array.from(error), 'constant');
    for (const onset of [90, 217, 500, 711, 1000]) {
      const hinge = fitHinge(
        grid,
        Float64Array.from(x, (each) => 2 + 0.01 * Math.max(0, each - onset)),
      );
      expect(hinge.onset, `${onset}`).toBeCloseTo(onset, 3);
      expect(hinge.slope).toBeCloseTo(0.01, 6);
      expect(hinge.baseline).toBeCloseTo(2, 5);
      expect(hinge.chi2).toBeLessThan(1e-3);
      expect(hingeCurve(hinge, onset + 50)).toBeCloseTo(2.5, 4);
      expect(hingeEffect(hinge, onset - 50)).toBe(0);
    }
  });

  it('has no slope on a constant', () => {
    const { x, error } = reference.fits[0]!;
    const grid = hingeGrid(Float64Array.from(x), Float64Array.from(error), 'constant');
    const hinge = fitHinge(grid, new Float64Array(x.length).fill(0.25));
    expect([hinge.slope, hinge.baseline, hinge.chi2, hinge.straightGain]).toEqual([0, 0.25, 0, 0]);
  });
});
