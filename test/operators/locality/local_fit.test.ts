import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { basisSize, type LocalBasis } from '../../../operators/locality/basis.js';
import { fitMean, fitVariance, functionWeights, normalMatrix } from '../../../operators/locality/local_fit.js';
import type { LocalStep } from '../../../operators/locality/local_rows.js';
import { exactSums } from '../../../operators/summaries/exact_sum.js';
import { productMatrix } from '../../../operators/summaries/hat_products.js';
import { sumVector } from '../../../operators/summaries/hat_sums.js';
import { basis, columnsOf, distance, hats, length, productsOf, reference, shapeOf, sumsOf } from './reference.js';

const size = basisSize(basis);

/** X' U X in floating point. */
function denseProducts(weight: Float64Array): Matrix {
  const out = Matrix.zeros(size, size);
  for (let i = 0; i < length; i++) {
    hats.index.forEach((a, s) => {
      hats.index.forEach((b, t) => {
        const product = weight[i]! * hats.value[s]![i]! * hats.value[t]![i]!;
        out.set(a[i]!, b[i]!, out.get(a[i]!, b[i]!) + product);
      });
    });
  }
  return Matrix.add(out, out.transpose()).mul(0.5);
}

describe('mean and variance in turns equal those of dense least squares and scipy.optimize.lsq_linear', () => {
  const { core, pipeline, turns } = reference;
  const reach = 10 * core.sigma68;
  const first: LocalStep = { basis, clip: { low: core.median - reach, high: core.median + reach } };
  const steps = [
    first,
    ...turns.slice(0, 2).map((turn): LocalStep => {
      const shape = shapeOf(turn);
      return { basis, clip: { shape, width: pipeline.winsorise }, variance: shape.variance };
    }),
  ];
  it.each(steps.map((step, turn) => [turn, step] as const))('turn %d', (turn, step) => {
    const { y, weight } = columnsOf(step);
    const weights = functionWeights(step.variance, 1);
    const matrix = normalMatrix(basis, productsOf(weight), [0], weights);
    const mean = fitMean(matrix, sumVector(sumsOf(y.map((each, i) => each * weight[i]!)), 0));
    expect(distance(mean, turns[turn]!.mean)).toBeLessThan(1e-7);

    const { squared, weightSquared } = columnsOf({ ...step, mean: [Float64Array.from(turns[turn]!.mean)] });
    const squares = functionWeights(step.variance, 2);
    const wanted = sumVector(sumsOf(squared.map((each, i) => each * weightSquared[i]!)), 0);
    const products = productsOf(weightSquared);
    const rounded = normalMatrix(basis, products, [0], squares);
    const variance = fitVariance(rounded, wanted, squares);
    // Products are known to 2^-40, and in knots of few events and a large σ² an event weighs 1e-7 and below.
    expect(distance(variance, turns[turn]!.variance)).toBeLessThan(1e-3);
    const dense = denseProducts(weightSquared);
    const difference = Matrix.sub(dense, Matrix.from1DArray(size, size, productMatrix(products, 0)));
    expect(Math.max(difference.max(), -difference.min())).toBeLessThan(length * 2 ** -40);
    const exact = fitVariance(Matrix.add(rounded, difference), wanted, squares);
    exact.forEach((v, a) => {
      expect(Math.abs(v / turns[turn]!.variance[a]! - 1)).toBeLessThan(1e-6);
    });
  });

  it('some coefficients are at their bound', () => {
    expect(reference.atFloor).toBeGreaterThan(0);
  });
});

describe('fitVariance', () => {
  // Matrices like those of a basis: symmetric, positive definite.
  const random = (seed: number) => {
    let state = seed;
    return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  };
  it('is the minimum above the floor: the gradient is 0 inside and not below 0 at the floor', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const next = random(seed);
      const size = 2 + (seed % 9);
      const x = new Matrix(Array.from({ length: 30 }, () => Array.from({ length: size }, next)));
      const matrix = x.transpose().mmul(x).add(Matrix.eye(size, size));
      const vector = Float64Array.from({ length: size }, () => 40 * (next() - 0.2));
      const meanSquare = vector.reduce((sum, v) => sum + v, 0) / matrix.sum();
      if (meanSquare <= 0) continue;
      const g = fitVariance(matrix, vector, null);
      const floor = 1e-3 * meanSquare;
      g.forEach((value, a) => {
        const gradient = matrix.getRow(a).reduce((sum, m, b) => sum + m * g[b]!, 0) - vector[a]!;
        expect(value).toBeGreaterThanOrEqual(floor);
        if (value > floor * (1 + 1e-9)) expect(Math.abs(gradient)).toBeLessThan(1e-6 * Math.abs(vector[a]!) + 1e-6);
        else expect(gradient).toBeGreaterThan(-1e-6);
      });
    }
  });

  it('is the mean square where no event is', () => {
    // Two functions with 100 events each of square 4, one with none.
    const matrix = new Matrix([
      [100, 0, 0],
      [0, 100, 0],
      [0, 0, 1e-9],
    ]);
    expect(fitVariance(matrix, Float64Array.of(400, 400, 0), null)[2]).toBeCloseTo(4, 6);
  });
});

describe('normalMatrix', () => {
  const line: LocalBasis = { objects: 1, features: [{ name: 'x', knots: [0, 1, 2] }], categories: [] };
  const products = (n: number) => {
    const sums = exactSums(6, 'narrow');
    // On the diagonal, places 0, 3 and 5 of the upper triangle.
    for (const at of [0, 3, 5]) sums.limbs[3 * at] = n;
    return { size: 3, terms: 2, groups: 1, n: Float64Array.of(3 * n), sums };
  };

  it('adds the products, the roughness of one event and a ridge', () => {
    const rows = (weights: Float64Array | null) => normalMatrix(line, products(10), [0], weights).to2DArray();
    const ridge = 1e-9;
    expect(rows(null)).toEqual([
      [11 + ridge, -1, 0],
      [-1, 12 + ridge, -1],
      [0, -1, 11 + ridge],
    ]);
    // An event counts what it weighs in the lighter of the two.
    expect(rows(Float64Array.of(1, 0.5, 0.25))).toEqual([
      [10.5 + ridge, -0.5, 0],
      [-0.5, 10.75 + ridge * 0.5, -0.25],
      [0, -0.25, 10.25 + ridge * 0.25],
    ]);
  });

  it('a function without events takes the value of its neighbours, one with many keeps its own', () => {
    const matrix = normalMatrix(line, products(0), [0], null);
    matrix.set(0, 0, matrix.get(0, 0) + 1e6);
    const mean = fitMean(matrix, Float64Array.of(3e6, 0, 0));
    for (const value of mean) expect(value).toBeCloseTo(3, 4);
  });
});

it('functionWeights are the least variance over each, or its square', () => {
  expect(functionWeights(undefined, 1)).toBeNull();
  expect([...functionWeights(Float64Array.of(4, 1, 2), 1)!]).toEqual([0.25, 1, 0.5]);
  expect([...functionWeights(Float64Array.of(4, 1, 2), 2)!]).toEqual([0.0625, 1, 0.25]);
});
