import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { productMatrix, type HatProductsState } from '../summaries/hat_products.js';
import { sumVector, type HatSumsState } from '../summaries/hat_sums.js';
import type { LocalBasis } from './basis.js';
import { penalised, solve } from './local_fit.js';

/**
 * Cross-fitting: the mean of each fold is fitted on the other folds, so that no event is judged by a model that has
 * seen it, and every event is used. V. Chernozhukov et al., "Double/debiased machine learning", Econom. J. 21 (2018) C1.
 */
export interface CrossFit {
  readonly folds: number;
  /** Coefficients of the mean for the events of each fold. */
  readonly mean: readonly Float64Array[];
  readonly products: HatProductsState;
  /** Normal matrix without fold k. */
  readonly factors: readonly CholeskyDecomposition[];
}

/** `products` and `sums` (of u y) have the folds as groups; `weights` as for normalMatrix. */
export function crossFit(
  basis: LocalBasis,
  products: HatProductsState,
  sums: HatSumsState,
  weights: Float64Array | null,
): CrossFit {
  const folds = products.groups;
  const ids = [...Array(folds).keys()];
  const without = (k: number): number[] => ids.filter((fold) => fold !== k);
  const vectors = ids.map((k) => sumVector(sums, k));
  const parts = ids.map((k) => productMatrix(products, k));
  const factors = ids.map(
    (k) =>
      new CholeskyDecomposition(
        penalised(
          basis,
          without(k).map((fold) => parts[fold]!),
          weights,
        ),
      ),
  );
  const mean = ids.map((k) => {
    const vector = new Float64Array(sums.size);
    for (const fold of without(k)) vectors[fold]!.forEach((x, a) => (vector[a]! += x));
    return solve(factors[k]!, vector);
  });
  return { folds, mean, products, factors };
}

/**
 * Covariance of the sums of pulls by bin that the model's own errors cause, beside the Σ z² of each bin.
 *
 * The sums are linear in the responses: e = Σ_k (t_k − S_k M_k⁻¹ Σ_{j≠k} b_j), with t_k the sum of y / σ and S_k that
 * of x / σ of fold k by bin, M_k the normal matrix without fold k, and b_j = Σ x y / σ² of fold j. With
 * A_j = Σ_{k≠j} S_k M_k⁻¹ the covariance of e is Σ_j (D_j − A_j S_j' − S_j A_j' + A_j G_j A_j'). Returned is all but
 * Σ D_j, as a bins × bins matrix.
 *
 * @param crossed Σ x s / σ with groups fold · bins + bin, in the units of the products' weights s² / σ².
 */
export function modelCovariance({ folds, products, factors }: CrossFit, crossed: HatSumsState, bins: number): Matrix {
  const { size } = products;
  const sums = [...Array(folds).keys()].map((k) =>
    Matrix.from1DArray(
      bins,
      size,
      [...Array(bins).keys()].flatMap((bin) => [...sumVector(crossed, k * bins + bin)]),
    ),
  );
  const solved = sums.map((s, k) => factors[k]!.solve(s.transpose()).transpose());
  const total = Matrix.zeros(bins, size);
  for (const s of solved) total.add(s);
  const out = Matrix.zeros(bins, bins);
  sums.forEach((s, j) => {
    const a = Matrix.sub(total, solved[j]!);
    const g = Matrix.from1DArray(size, size, productMatrix(products, j));
    const cross = a.mmul(s.transpose());
    out.sub(cross).sub(cross.transpose()).add(a.mmul(g).mmul(a.transpose()));
  });
  return out;
}
