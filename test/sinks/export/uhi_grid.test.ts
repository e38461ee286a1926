import { describe, expect, it } from 'vitest';
import { grid } from '../../../operators/summaries/grid.js';
import { cutWeights } from '../../../operators/summaries/tally.js';
import { uhiOfGrid, uhiOfResponse } from '../../../sinks/export/uhi_grid.js';
import { bare, reference } from '../../support/uhi_reference.js';
import { uhiMistakes } from '../../support/uhi_schema.js';

const words = { program: '0.1.0', title: 'plane' };
const x = { name: 'H_T', unit: 'GeV' };
const y = { name: 'abs_deta', title: '|Δη|' };
const { columns } = reference;

function filled(weight: readonly number[] | null, response: boolean) {
  const state = grid.create({ x: [20, 0, 100], y: [6, 0, 6], weighted: weight !== null, response });
  grid.fill(state, {
    length: columns.x.length,
    columns: [columns.x, columns.y, columns.delta].map((column) => Float64Array.from(column)),
    group: null,
    weight: weight && cutWeights(Float64Array.from(weight)),
  });
  return state;
}

type Profile = Record<'values' | 'variances', readonly (readonly (number | null)[])[]>;

describe('plane as UHI JSON', () => {
  it('is what boost-histogram writes of the same weighted events', () => {
    const uhi = uhiOfGrid(filled(columns.weight, false), words, x, y);
    expect(uhiMistakes(uhi)).toBe('');
    expect(bare(uhi)).toEqual(reference.histograms.plane);
    expect(uhi.axes[1]!.metadata).toEqual({ name: 'abs_deta', label: '|Δη|' });
  });

  it('has the mean response and its variance in each cell, as boost-histogram has them', () => {
    const weights = columns.weight.map((w) => Math.abs(w) + 1 / 16);
    const uhi = uhiOfResponse(filled(weights, true), words, x, y)!;
    expect(uhiMistakes(uhi)).toBe('');
    const { axes, storage } = bare(uhi);
    const expected = reference.histograms.response;
    expect(axes).toEqual(expected.axes);
    expect(storage).toMatchObject({
      type: 'weighted_mean',
      sum_of_weights: (expected.storage as typeof storage & { type: 'weighted_mean' }).sum_of_weights,
      sum_of_weights_squared: (expected.storage as typeof storage & { type: 'weighted_mean' }).sum_of_weights_squared,
    });
    for (const what of ['values', 'variances'] as const) {
      const [ours, theirs] = [(storage as Profile)[what], (expected.storage as Profile)[what]];
      ours.forEach((row, ix) => {
        // Undefined there (one event has no variance): 0 here, as JSON has no NaN.
        row.forEach((value, iy) => {
          expect(Math.abs(value! - (theirs[ix]![iy] ?? 0))).toBeLessThan(1e-14);
        });
      });
    }
  });

  it('has no response where none was filled, and counts as both without weights', () => {
    const state = filled(null, false);
    expect(uhiOfResponse(state, words, x, y)).toBeUndefined();
    const { storage, metadata } = uhiOfGrid(state, words, x, y);
    expect(storage.variances).toEqual(storage.values);
    expect(metadata).toEqual({ title: 'plane', entries: columns.x.length });
  });
});
