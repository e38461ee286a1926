/** Bins of a feature: what a split of a tree can tell apart. */
const BINS = 64;

/**
 * Rising edges of at most 64 bins of one feature: its different values where there are no more than that, else its
 * quantiles k/64. Value x is in bin number (edges ≤ x), NaN in bin 0 with the lowest. All NaN, or empty: one bin.
 */
export function binEdges(values: Float64Array): Float64Array {
  const sorted = values.filter((x) => !Number.isNaN(x)).sort();
  const different = sorted.filter((x, i) => i > 0 && x !== sorted[i - 1]);
  if (different.length < BINS) return different;
  const edges: number[] = [];
  for (let k = 1; k < BINS; k++) {
    const edge = sorted[Math.floor((k * sorted.length) / BINS)]!;
    if (edge > (edges.at(-1) ?? sorted[0]!)) edges.push(edge);
  }
  return Float64Array.from(edges);
}

/** Bin of each value. */
export function binsOf(values: Float64Array, edges: Float64Array): Uint8Array {
  const bins = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edges[middle]! <= x) low = middle + 1;
      else high = middle;
    }
    bins[i] = low;
  }
  return bins;
}
