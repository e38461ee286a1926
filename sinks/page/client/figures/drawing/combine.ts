/** A number with its standard error and the events behind it. */
export interface Combined {
  readonly value: number | null;
  readonly error: number | null;
  readonly n: number;
}

export interface Counted {
  readonly n: number;
  readonly estimate: { readonly value: number | null; readonly error: number | null } | undefined;
}

/**
 * Estimates of several windows as one: x = Σ nᵢ xᵢ / Σ nᵢ, the mean of all their events, with the error
 * √(Σ nᵢ² σᵢ²) / Σ nᵢ. Weights 1/σᵢ² would favour those small samples whose spread came out small by chance. What has a
 * value without an error (one event) counts in the mean and is taken as spread like the others. Values that are not
 * known are left out, and `n` counts the events of the rest; without any the value is null.
 */
export function combine(estimates: readonly Counted[]): Combined {
  let [sum, n, squares, spreadBy] = [0, 0, 0, 0];
  for (const { n: own, estimate } of estimates) {
    if (!estimate || estimate.value === null || own <= 0) continue;
    sum += own * estimate.value;
    n += own;
    if (estimate.error === null) continue;
    squares += (own * estimate.error) ** 2;
    spreadBy += own;
  }
  if (n === 0) return { value: null, error: null, n: 0 };
  return { value: sum / n, error: spreadBy === 0 ? null : Math.sqrt((squares * n) / spreadBy) / n, n };
}
