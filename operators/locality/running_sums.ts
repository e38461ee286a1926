/** The first i with t[i] > value, t ascending; t.length if none. */
export function firstAbove(t: Float64Array | Int32Array, value: number): number {
  let low = 0;
  let high = t.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (t[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** out[i] = Σ over j ≥ i of column[j]; out has one entry more than the column, 0. */
export function sumsFrom(column: Float64Array): Float64Array {
  const out = new Float64Array(column.length + 1);
  for (let i = column.length - 1; i >= 0; i--) out[i] = out[i + 1]! + column[i]!;
  return out;
}
