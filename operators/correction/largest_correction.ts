import { LuDecomposition, Matrix } from 'ml-matrix';
import { features, type CorrectionModel } from './correction_model.js';

/**
 * The largest |c| that the model can give anywhere, by regime. A quadratic function on a box is extreme at a corner or
 * where its gradient along a face (an edge, the inside) is 0: all 3^variables faces are visited. Where that point is
 * not unique the extreme is reached on a smaller face, too.
 */
export function largestCorrection({ variables, degree, low, high, coefficients }: CorrectionModel): number[] {
  const list = features(variables.length, degree);
  return coefficients.map((a, r) => {
    if (degree === 0) return Math.abs(a[0]!);
    const value = (x: readonly number[]): number =>
      list.reduce((sum, indices, f) => sum + indices.reduce((product, d) => product * x[d]!, a[f]!), 0);
    let largest = 0;
    const visit = (x: readonly number[], free: readonly number[], d: number): void => {
      if (d < variables.length) {
        visit([...x, low[r]![d]!], free, d + 1);
        visit([...x, high[r]![d]!], free, d + 1);
        if (degree === 2) visit([...x, 0], [...free, d], d + 1);
        return;
      }
      const point = free.length === 0 ? x : stationary(list, a, x, free);
      const inside = free.every((i) => point?.[i] !== undefined && point[i] >= low[r]![i]! && point[i] <= high[r]![i]!);
      if (point && inside) largest = Math.max(largest, Math.abs(value(point)));
    };
    visit([], [], 0);
    return largest;
  });
}

/** x with its free entries (0 before) where the gradient in them is 0. */
function stationary(
  list: readonly (readonly number[])[],
  a: readonly number[],
  x: readonly number[],
  free: readonly number[],
): readonly number[] | undefined {
  const hessian = Matrix.zeros(free.length, free.length);
  const gradient = Matrix.zeros(free.length, 1);
  list.forEach((indices, f) => {
    const moved = indices.map((d) => free.indexOf(d));
    const [first = -1, second = -1] = moved;
    if (first >= 0 && second >= 0) {
      hessian.set(first, second, hessian.get(first, second) + a[f]!);
      hessian.set(second, first, hessian.get(second, first) + a[f]!);
    } else {
      const at = Math.max(first, second);
      const fixed = indices.filter((_, i) => moved[i] === -1);
      if (at >= 0) gradient.set(at, 0, gradient.get(at, 0) - fixed.reduce((product, d) => product * x[d]!, a[f]!));
    }
  });
  const lu = new LuDecomposition(hessian);
  if (lu.isSingular()) return undefined;
  const solution = lu.solve(gradient);
  return x.map((value, d) => (free.includes(d) ? solution.get(free.indexOf(d), 0) : value));
}
