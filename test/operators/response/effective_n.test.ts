import { expect, it } from 'vitest';
import { effectiveN, sumOfSquares, sumOfWeights } from '../../../operators/response/effective_n.js';
import { momentsOf, reference } from './reference.js';

it('is (Σw)² / Σw², as Kish has it', () => {
  const state = momentsOf([0, 0, 0], [1, 2, 3]);
  expect(effectiveN(state, 0)).toBeCloseTo(36 / 14, 14);
  expect([sumOfWeights(state, 0), sumOfSquares(state, 0)]).toEqual([6, 14]);
  const sum = reference.w.reduce((a, b) => a + b, 0);
  const squares = reference.w.reduce((a, b) => a + b * b, 0);
  expect(effectiveN(momentsOf(reference.x, reference.w), 0)).toBeCloseTo(sum ** 2 / squares, 8);
});

it('is n without weights and for equal ones', () => {
  expect(effectiveN(momentsOf([5, 6, 7]), 0)).toBe(3);
  expect([sumOfWeights(momentsOf([5, 6, 7]), 0), sumOfSquares(momentsOf([5, 6, 7]), 0)]).toEqual([3, 3]);
  expect(effectiveN(momentsOf([5, 6, 7], [0.1, 0.1, 0.1]), 0)).toBeCloseTo(3, 12);
});

it('is 0 when there is nothing, or the weights cancel', () => {
  expect(effectiveN(momentsOf([]), 0)).toBe(0);
  expect(effectiveN(momentsOf([], []), 0)).toBe(0);
  expect(effectiveN(momentsOf([1, 2], [0, 0]), 0)).toBe(0);
  expect(effectiveN(momentsOf([1, 2], [1, -1]), 0)).toBe(0);
});
