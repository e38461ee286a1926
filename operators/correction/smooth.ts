import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { features } from './correction_model.js';
import type { RegimeCells } from './regime_cells.js';
import type { TrainingRange } from './training_range.js';

/** By regime: events, Φᵀ Φ (features × features, row-major) and Φᵀ y over its events. */
export interface NormalEquations {
  readonly features: number;
  readonly n: readonly number[];
  readonly products: readonly Float64Array[];
  readonly moments: readonly Float64Array[];
}

/**
 * The sums of least squares of y on the features of the standardised context (correction_model.ts), clamped into the
 * range as it will be when the correction is applied. The cells are in their sorted order: one summary, one set of bits.
 */
export function normalEquations(
  cells: RegimeCells,
  { low, high }: TrainingRange,
  degree: 1 | 2,
  group: number,
): NormalEquations {
  const { groups, n, sum, regime, standardised, map } = cells;
  const list = features(map.variables.length, degree);
  const size = list.length;
  const events = map.centroids.map(() => 0);
  const products = map.centroids.map(() => new Float64Array(size * size));
  const moments = map.centroids.map(() => new Float64Array(size));
  const x = new Float64Array(map.variables.length);
  const phi = new Float64Array(size);
  for (let cell = 0; cell < cells.cells; cell++) {
    const slot = cell * groups + group;
    const count = n[slot]!;
    if (count === 0) continue;
    const r = regime[cell]!;
    for (let d = 0; d < x.length; d++) x[d] = Math.min(Math.max(standardised[d]![cell]!, low[r]![d]!), high[r]![d]!);
    for (let f = 0; f < size; f++) phi[f] = list[f]!.reduce((product, d) => product * x[d]!, 1);
    events[r]! += count;
    for (let f = 0; f < size; f++) {
      moments[r]![f]! += phi[f]! * sum[slot]!;
      for (let g = 0; g < size; g++) products[r]![f * size + g]! += count * (phi[f]! * phi[g]!);
    }
  }
  return { features: size, n: events, products, moments };
}

/**
 * Smooth correction: in each regime the a that minimise Σ (y − Σ_f a_f φ_f)² + λ Σ_{f > 0} a_f² (ridge; A. E. Hoerl &
 * R. W. Kennard, 1970), solved by Cholesky. The constant is not penalised, so the regime's mean residual is 0. λ is in
 * events: as if that many had been seen, one unit of each feature from the regime's mean, that showed no dependence.
 * λ > 0 makes the system positive definite. A regime with fewer than `minimum` events keeps c = 0.
 */
export function ridge(
  { features, n, products, moments }: NormalEquations,
  lambda: number,
  minimum: number,
): number[][] {
  return n.map((events, r) => {
    if (events === 0 || events < minimum) return Array.from({ length: features }, () => 0);
    const matrix = Matrix.from1DArray(features, features, products[r]!);
    for (let f = 1; f < features; f++) matrix.set(f, f, matrix.get(f, f) + lambda);
    return new CholeskyDecomposition(matrix).solve(Matrix.columnVector(moments[r]!)).to1DArray();
  });
}
