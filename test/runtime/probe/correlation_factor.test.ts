import { expect, test } from 'vitest';
import { correlationFactor } from '../../../runtime/probe/correlation_factor.js';

test('L with L Lᵀ the correlation; 2 × 2 by hand', () => {
  expect([
    ...correlationFactor([
      [1, 0.6],
      [0.6, 1],
    ]),
  ]).toEqual([1, 0, 0.6, 0.8]);
});

test('a matrix that is no correlation is a mistake', () => {
  expect(() =>
    correlationFactor([
      [1, 1],
      [1, 1],
    ]),
  ).toThrow('correlation: the matrix is not positive definite');
});
