import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { wrongPipeline } from '../../operators/problem.js';

/** Lower Cholesky factor of a correlation matrix, row by row. One that is not positive definite is a Problem (2). */
export function correlationFactor(correlation: readonly (readonly number[])[]): Float64Array {
  const factor = new CholeskyDecomposition(new Matrix(correlation.map((row) => [...row])));
  if (!factor.isPositiveDefinite()) throw wrongPipeline('correlation: the matrix is not positive definite');
  return Float64Array.from(factor.lowerTriangularMatrix.to2DArray().flat());
}
