import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { productMatrix, type HatProductsState } from '../summaries/hat_products.js';
import { basisSize, neighbours, type LocalBasis } from './basis.js';

/** Strength of the roughness penalty, in events: it only matters where a basis function has few. */
const ROUGHNESS = 1;
/** Keeps a function that no event has at 0. */
const RIDGE = 1e-9;
const MAX_SWEEPS = 5000;
const CONVERGED = 1e-10;
/** No variance below this share of the mean one. */
const FLOOR = 1e-3;

/** What an event at each basis function weighs, s² / σ² or its square; null: 1. */
export const functionWeights = (variance: Float64Array | undefined, power: 1 | 2): Float64Array | null => {
  if (variance === undefined) return null;
  const least = variance.reduce((a, b) => Math.min(a, b), Infinity);
  return variance.map((v) => (power === 1 ? least / v : (least / v) ** 2));
};

/**
 * Matrix of the normal equations, X' U X + λ D' D: D takes the differences of neighbouring coefficients, λ is what one
 * event weighs there. So a sparse knot leans on its neighbours, and one with events is left as it is.
 * P. H. C. Eilers and B. D. Marx, "Flexible smoothing with B-splines and penalties", Statist. Sci. 11 (1996) 89.
 */
export function normalMatrix(
  basis: LocalBasis,
  products: HatProductsState,
  groups: readonly number[],
  weights: Float64Array | null,
): Matrix {
  return penalised(
    basis,
    groups.map((group) => productMatrix(products, group)),
    weights,
  );
}

/** The same, from the products of each group (row-major). */
export function penalised(basis: LocalBasis, products: readonly Float64Array[], weights: Float64Array | null): Matrix {
  const size = basisSize(basis);
  const total = new Float64Array(size * size);
  for (const part of products) for (let at = 0; at < total.length; at++) total[at]! += part[at]!;
  const matrix = Matrix.from1DArray(size, size, total);
  const add = (a: number, b: number, by: number): void => {
    matrix.set(a, b, matrix.get(a, b) + by);
  };
  const weight = (a: number): number => weights?.[a] ?? 1;
  for (const [a, b] of neighbours(basis)) {
    const penalty = ROUGHNESS * Math.min(weight(a), weight(b));
    add(a, a, penalty);
    add(b, b, penalty);
    add(a, b, -penalty);
    add(b, a, -penalty);
  }
  for (let a = 0; a < size; a++) add(a, a, RIDGE * weight(a));
  return matrix;
}

/** Coefficients of the mean: least squares from the normal equations, Σ u x (y − x β) = 0 up to the penalty. */
export const fitMean = (matrix: Matrix, vector: Float64Array): Float64Array =>
  solve(new CholeskyDecomposition(matrix), vector);

export const solve = (factor: CholeskyDecomposition, vector: Float64Array): Float64Array =>
  Float64Array.from(factor.solve(Matrix.columnVector(vector)).to1DArray());

/**
 * Coefficients of the variance: least squares to the squared residuals with every coefficient at or above a floor (a
 * thousandth of their weighted mean), so that the variance is positive everywhere; where there are no events it is that
 * mean. Coordinate descent, which for a positive-definite matrix converges to the one minimum.
 * V. Franc, V. Hlaváč, M. Navara, "Sequential coordinate-wise algorithm for the non-negative least squares problem",
 * CAIP 2005, LNCS 3691, 407.
 */
export function fitVariance(matrix: Matrix, vector: Float64Array, weights: Float64Array | null): Float64Array {
  const size = vector.length;
  const rows = matrix.to2DArray();
  // The terms of an event add up to 1 and the penalty cancels in the sum: Σ u r² / Σ u.
  const meanSquare = vector.reduce((sum, x) => sum + x, 0) / matrix.sum();
  const target = vector.map((x, a) => x + RIDGE * (weights?.[a] ?? 1) * meanSquare);
  const floor = FLOOR * meanSquare;
  const g = fitMean(matrix, target).map((x) => Math.max(floor, x));
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let change = 0;
    for (let a = 0; a < size; a++) {
      const row = rows[a]!;
      let gradient = -target[a]!;
      for (let b = 0; b < size; b++) gradient += row[b]! * g[b]!;
      const next = Math.max(floor, g[a]! - gradient / row[a]!);
      change = Math.max(change, Math.abs(next - g[a]!));
      g[a] = next;
    }
    if (change <= CONVERGED * meanSquare) break;
  }
  return g;
}
