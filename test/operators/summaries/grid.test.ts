import { describe, expect, it } from 'vitest';
import { sumAt } from '../../../operators/summaries/exact_sum.js';
import { grid } from '../../../operators/summaries/grid.js';
import { reference } from './reference.js';
import { filled } from './rows.js';

describe('grid', () => {
  const { x, y, delta, w, plane } = reference;
  const columns = [x, y, delta];

  it('equals numpy.histogram2d with flow bins on all sides, with Σwδ, Σwδ² and Σw|δ|', () => {
    const config = { x: plane.x, y: plane.y, weighted: true, response: true };
    const state = filled(grid, config, { columns, weight: w });
    plane.n.forEach((row, iy) => {
      row.forEach((n, ix) => {
        const slot = iy * (plane.x[0] + 2) + ix;
        expect(state.n[slot]).toBe(n);
        expect(sumAt(state.w!, slot)).toBeCloseTo(plane.w[iy]![ix]!, 10);
        expect(sumAt(state.sums!, 3 * slot)).toBeCloseTo(plane.delta[iy]![ix]!, 11);
        expect(sumAt(state.sums!, 3 * slot + 1)).toBeCloseTo(plane.delta2[iy]![ix]!, 12);
        expect(sumAt(state.sums!, 3 * slot + 2)).toBeCloseTo(plane.absolute[iy]![ix]!, 11);
      });
    });
  });

  it('counts alone without response and weights', () => {
    const config = { x: plane.x, y: plane.y, weighted: false, response: false };
    const state = filled(grid, config, { columns: [x, y] });
    expect([...state.n]).toEqual(plane.n.flat());
    expect([state.w, state.w2, state.sums]).toEqual([null, null, null]);
    expect(grid.columns(config)).toBe(2);
  });
});
