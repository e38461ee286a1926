/** A standard deviation below this part of the mean's size is rounding, and counts as none. */
const LEAST_WIDTH = 1e-12;

/**
 * Pearson's correlation matrix of the columns, row by row, d × d. The diagonal is 1; a feature with no variance (a
 * standard deviation below 1e-12 of its mean's size) has correlation 0 with the others by definition. NaN counts as the
 * mean of the column.
 */
export function correlationMatrix(columns: readonly Float64Array[]): Float64Array {
  const d = columns.length;
  const z = columns.map((column) => standardise(column, scaleOf(column)));
  const matrix = new Float64Array(d * d);
  for (let j = 0; j < d; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = 0;
      for (let i = 0; i < z[j]!.length; i++) sum += z[j]![i]! * z[k]![i]!;
      matrix[j * d + k] = matrix[k * d + j] = j === k ? 1 : sum / z[j]!.length;
    }
  }
  return matrix;
}

/** Frobenius norm of b − a relative to that of a: √Σ (b_jk − a_jk)² / √Σ a_jk². */
export function relativeChange(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let change = 0;
  let norm = 0;
  for (let at = 0; at < a.length; at++) {
    change += (b[at]! - a[at]!) ** 2;
    norm += a[at]! ** 2;
  }
  return Math.sqrt(change / norm);
}

/** z = (x − centre) · perWidth. */
export interface Scale {
  readonly centre: number;
  readonly perWidth: number;
}

/** Mean and 1/standard deviation of a column (0 where it has no variance), from its sorted values: order is no matter. */
export function scaleOf(column: Float64Array): Scale {
  const sorted = column.filter((x) => !Number.isNaN(x)).sort();
  const n = sorted.length;
  if (n === 0) return { centre: 0, perWidth: 0 };
  let sum = 0;
  for (const x of sorted) sum += x;
  const rough = sum / n;
  let rest = 0;
  for (const x of sorted) rest += x - rough;
  const centre = rough + rest / n;
  let square = 0;
  for (const x of sorted) square += (x - centre) * (x - centre);
  // NaN counts as the mean, but it is an event.
  const width = Math.sqrt(square / column.length);
  return { centre, perWidth: width > LEAST_WIDTH * Math.abs(centre) ? 1 / width : 0 };
}

/** |z| beyond this counts as this. */
const FARTHEST = 2 ** 15;

/** The value of the scale, from −2^15 to 2^15; NaN is the mean. */
export function standardised({ centre, perWidth }: Scale, x: number): number {
  const z = (x - centre) * perWidth;
  return z > FARTHEST ? FARTHEST : z >= -FARTHEST ? z : z < -FARTHEST ? -FARTHEST : 0;
}

const standardise = (column: Float64Array, scale: Scale): Float64Array => column.map((x) => standardised(scale, x));
