export interface Span {
  readonly low: number;
  readonly high: number;
}

/** The union of spans as spans that do not overlap, from low to high. */
export function uniteSpans(spans: readonly Span[]): Span[] {
  return [...spans]
    .sort((a, b) => a.low - b.low)
    .reduce<Span[]>((joined, span) => {
      const last = joined.at(-1);
      if (!last || span.low > last.high) return [...joined, span];
      return [...joined.slice(0, -1), { low: last.low, high: Math.max(last.high, span.high) }];
    }, []);
}
