import { expect, it } from 'vitest';
import { fitBaseline } from '../../../operators/locality/baseline.js';
import { hingeGrid } from '../../../operators/locality/hinge_grid.js';
import { bestHinge, PENALTY } from '../../../operators/locality/hinge_scan.js';
import { reference } from './toys.js';

for (const fit of reference.fits) {
  it(`takes at least as much off χ² as any candidate does, summed bin by bin: ${fit.name}`, () => {
    const grid = hingeGrid(Float64Array.from(fit.x), Float64Array.from(fit.error), fit.kind);
    const { t, weight, h, p, hIndex, pIndex, families } = grid;
    const residual = new Float64Array(t.length);
    fitBaseline(fit.kind, t, weight, Float64Array.from(fit.y), residual);
    const best = bestHinge(grid, residual);
    const score = (gain: number, curvature: number, end: number): number =>
      gain - (curvature > 0 ? PENALTY : 0) - (end < Infinity ? PENALTY : 0);
    const found = score(best.dot ** 2 / best.norm, families[best.family]!.curvature, best.p);
    let [most, straight] = [0, 0];
    for (const { curvature } of families) {
      for (const [k, end] of p.entries()) {
        for (const [i, onset] of h.entries()) {
          if (pIndex[k]! - hIndex[i]! < 2) continue;
          const u = t.map((each) => Math.max(0, Math.min(each, end) - onset) / (1 + curvature * each));
          const norm = fitBaseline(fit.kind, t, weight, u).chi2;
          const gain = u.reduce((sum, each, b) => sum + each * weight[b]! * residual[b]!, 0) ** 2 / norm;
          most = Math.max(most, score(gain, curvature, end));
          if (curvature === 0 && end === Infinity) straight = Math.max(straight, gain);
        }
      }
    }
    expect(found - most).toBeGreaterThan(-1e-6 * most);
    expect(found - most).toBeLessThan(0.05 * most);
    expect(best.straightGain / straight).toBeCloseTo(1, 6);
  });
}
