import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { CorrelatedGroup } from './types.js';

/** Below this share of the largest eigenvalue a direction has no uncertainty: rounding of a singular correlation. */
const NOTHING = 1e-12;

/**
 * The principal axes of a group's correlation R = Σ λ_k e_k e_kᵀ, as pulls of the members: a_k = √λ_k e_k, the longest
 * first, each with its largest entry positive (the first of equals). uᵀ R⁻¹ u = 1 on each, and Σ a_k a_kᵀ = R, so that
 * the shifts of a linear quantity along them add in quadrature to √(gᵀ R g). Axes with λ = 0 are left out.
 */
export function correlationAxes(group: CorrelatedGroup): Float64Array[] {
  const { cholesky, members } = group;
  const g = members.length;
  const lower = Matrix.from1DArray(g, g, cholesky);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(lower.mmul(lower.transpose()), {
    assumeSymmetric: true,
  });
  const least = NOTHING * Math.max(...realEigenvalues);
  // Eigenvalues come in ascending order.
  return realEigenvalues.flatMap((_, k) => {
    const value = realEigenvalues[g - 1 - k]!;
    return value > least ? [axis(eigenvectorMatrix.getColumn(g - 1 - k), Math.sqrt(value))] : [];
  });
}

function axis(vector: readonly number[], length: number): Float64Array {
  // Equal entries differ by rounding: the first that is about as large as any decides.
  const largest = Math.max(...vector.map(Math.abs)) * (1 - 1e-9);
  const sign = vector.find((entry) => Math.abs(entry) >= largest)! < 0 ? -length : length;
  return Float64Array.from(vector, (entry) => entry * sign);
}
