import { expect, it } from 'vitest';
import { sumAt } from '../../../operators/summaries/exact_sum.js';
import {
  cutWeights,
  fillTally,
  mergeTally,
  settleTally,
  slotColumn,
  tally,
} from '../../../operators/summaries/tally.js';

it('keeps n, Σw and Σw² by slot, over 18 orders of magnitude', () => {
  const state = tally(2, true);
  const weights = [1e6, 1e-12, -1e6, 1e-12];
  fillTally(state, Int32Array.of(1, 1, 1, 0), 4, cutWeights(Float64Array.from(weights)));
  expect([state.w!.pending, state.w2!.pending]).toEqual([4, 4]);
  settleTally(state);
  expect([...state.n]).toEqual([1, 3]);
  expect(sumAt(state.w!, 1)).toBeCloseTo(1e-12, 26);
  expect(sumAt(state.w!, 0)).toBeCloseTo(1e-12, 26);
  expect(sumAt(state.w2!, 0)).toBeCloseTo(1e-24, 38);
  expect(sumAt(state.w2!, 1)).toBe(2e12);
});

it('needs the weights of a weighted summary', () => {
  expect(() => {
    fillTally(tally(1, true), Int32Array.of(0), 1, null);
  }).toThrow('weights are missing');
});

it('merges only its own kind', () => {
  for (const other of [tally(2, true), tally(1, false)]) {
    expect(() => {
      mergeTally(tally(1, true), other);
    }).toThrow('different configurations');
  }
});

it('lends a column of slots that is long enough', () => {
  expect(slotColumn(10).length).toBeGreaterThanOrEqual(10);
  expect(slotColumn(5)).toBe(slotColumn(7));
});
