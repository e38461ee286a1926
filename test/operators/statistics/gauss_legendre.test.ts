import { expect, it } from 'vitest';
import { GAUSS_10, GAUSS_2, GAUSS_4 } from '../../../operators/statistics/gauss_legendre.js';

it.each([GAUSS_2, GAUSS_4, GAUSS_10])('is exact up to degree 2k − 1: ∫ x^d dx = 2 / (d + 1) for even d', ({ x, w }) => {
  for (let degree = 0; degree < 2 * x.length; degree++) {
    const integral = x.reduce((sum, node, k) => sum + w[k]! * node ** degree, 0);
    expect(integral).toBeCloseTo(degree % 2 === 0 ? 2 / (degree + 1) : 0, 14);
  }
});
