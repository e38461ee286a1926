import { describe, expect, it } from 'vitest';
import { fitBaseline, type BaselineKind } from '../../../operators/locality/baseline.js';
import { hingeGrid, normOf } from '../../../operators/locality/hinge_grid.js';
import { reference } from './toys.js';

const { x, error } = reference.fits[0]!;

describe('hingeGrid', () => {
  it('has the norm of every candidate, as a sum over the bins gives it', () => {
    for (const kind of ['known', 'constant', 'line'] as BaselineKind[]) {
      const grid = hingeGrid(Float64Array.from(x), Float64Array.from(error), kind);
      for (const { curvature, norm } of grid.families) {
        for (let k = 0; k < grid.p.length; k += 5) {
          for (let i = 0; i < grid.h.length; i += 7) {
            const [h, p] = [grid.h[i]!, grid.p[k]!];
            const u = grid.t.map((t) => Math.max(0, Math.min(t, p) - h) / (1 + curvature * t));
            const direct = fitBaseline(kind, grid.t, grid.weight, u).chi2;
            const [found] = [norm[k * grid.h.length + i]!];
            if (found > 0) expect(Math.abs(found / direct - 1), `${kind} ${curvature} ${h} ${p}`).toBeLessThan(1e-6);
            else expect(grid.pIndex[k]! - grid.hIndex[i]!).toBeLessThan(2);
            expect(i < grid.onsets[k]!).toBe(grid.pIndex[k]! - grid.hIndex[i]! >= 2);
          }
        }
      }
    }
  });

  it('has nothing left of a hinge that is the baseline itself', () => {
    const grid = hingeGrid(Float64Array.from(x), Float64Array.from(error), 'line');
    expect(normOf(grid, grid.families[0]!, 0, Infinity)).toBe(0);
  });

  it('leaves room above the onsets and below a drift', () => {
    for (const [kind, below] of [
      ['constant', 0],
      ['line', 3],
    ] as const) {
      const { h, t } = hingeGrid(Float64Array.from(x), Float64Array.from(error), kind);
      expect(h[0]).toBe(t[below]);
      expect(t.filter((each) => each > h.at(-1)!).length).toBe(3);
    }
  });
});
