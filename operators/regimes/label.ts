/** A variable's words for its low and high values, e.g. ['low H_T', 'high H_T'] or ['close', 'wide'], and its name. */
export interface ContextWords {
  readonly low: string;
  readonly high: string;
  readonly title: string;
}

/** A standardised coordinate beyond ±this is called low or high. */
const MIDDLE = 0.25;

/**
 * A label in words for every centroid (in standard deviations from the mean): 'high H_T, close'. Regimes that would
 * share a label are told apart by the variable in which they differ most: 'very' for the one further out, with a
 * number if there are more than two; where that variable is medium by its number alone, the lowest being without.
 */
export function regimeLabels(centroids: readonly (readonly number[])[], words: readonly ContextWords[]): string[] {
  const parts = centroids.map((z) =>
    z.map((value, d) => {
      const { low, high, title } = words[d]!;
      return value < -MIDDLE ? low : value > MIDDLE ? high : `medium ${title}`;
    }),
  );
  const labels = parts.map((part) => part.join(', '));
  return labels.map((label, at) => {
    const same = labels.flatMap((other, j) => (other === label ? [j] : []));
    if (same.length === 1) return label;
    const d = mostDifferent(same.map((j) => centroids[j]!));
    const medium = Math.abs(centroids[at]![d]!) <= MIDDLE;
    const distance = (j: number): number => (medium ? centroids[j]![d]! : Math.abs(centroids[j]![d]!));
    const place = [...same].sort((a, b) => distance(a) - distance(b)).indexOf(at);
    if (place === 0) return label;
    if (medium) return `${label} (${place})`;
    const further = parts[at]!.map((part, j) => (j === d ? `very ${part}` : part)).join(', ');
    return same.length > 2 ? `${further} (${place})` : further;
  });
}

/** The variable with the largest spread. */
function mostDifferent(centroids: readonly (readonly number[])[]): number {
  const spread = centroids[0]!.map((_, d) => {
    const values = centroids.map((z) => z[d]!);
    return Math.max(...values) - Math.min(...values);
  });
  return spread.indexOf(Math.max(...spread));
}
