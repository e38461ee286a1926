import { expect, it } from 'vitest';
import { count } from '../../../operators/summaries/count.js';
import { sumAt } from '../../../operators/summaries/exact_sum.js';
import { reference } from './reference.js';
import { filled } from './rows.js';

const { group, w } = reference;

it('counts events and sums weights and their squares by group, as numpy.bincount', () => {
  const state = filled(count, { groups: 3, weighted: true }, { columns: [], group, weight: w });
  expect([...state.n]).toEqual(reference.count.n);
  for (let g = 0; g < 3; g++) {
    expect(sumAt(state.w!, g)).toBeCloseTo(reference.count.w[g]!, 10);
    expect(sumAt(state.w2!, g)).toBeCloseTo(reference.count.w2[g]!, 9);
  }
});

it('keeps no sums without weights, and takes no notice of them', () => {
  const state = filled(count, { groups: 3, weighted: false }, { columns: [], group, weight: w });
  expect(state).toEqual({ n: Float64Array.from(reference.count.n), w: null, w2: null });
});

it('puts all into group 0 without groups', () => {
  expect([...filled(count, { groups: 2, weighted: false }, { columns: [], weight: [1, 2, 3] }).n]).toEqual([3, 0]);
});
