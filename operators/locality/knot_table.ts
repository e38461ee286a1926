const CELLS = 2048;

/** Knots with a table of where to start looking: for each of equal cells an interval at or below the right one. */
export interface KnotTable {
  readonly knots: Float64Array;
  readonly scale: number;
  readonly start: Uint16Array;
}

/** Tables of knots that have been asked for. */
const tables = new WeakMap<readonly number[], KnotTable>();

export function knotTable(knots: readonly number[]): KnotTable {
  const known = tables.get(knots);
  if (known) return known;
  const [low, high] = [knots[0]!, knots.at(-1)!];
  const last = Math.max(0, knots.length - 2);
  const start = new Uint16Array(CELLS + 1);
  for (let cell = 0, below = 0; cell <= CELLS; cell++) {
    // One cell back, so that rounding at a cell's edge does no harm.
    while (below < last && knots[below + 1]! <= low + ((cell - 1) * (high - low)) / CELLS) below++;
    start[cell] = below;
  }
  // Knots too close for cells are all sought from the first.
  const scale = CELLS / (high - low);
  const table = { knots: Float64Array.from(knots), scale: Number.isFinite(scale) ? scale : 0, start };
  tables.set(knots, table);
  return table;
}

/**
 * The interval between knots in which each x is, and its share of the way through: knots[low] ≤ x < knots[low + 1] and
 * (x − knots[low]) / (knots[low + 1] − knots[low]). At and beyond the outer knots: the outer interval, and 0 or 1. One
 * knot, and an interval of no width at the top: share 0. NaN: share NaN.
 */
export function between(
  { knots, scale, start }: KnotTable,
  x: Float64Array,
  length: number,
  low: Uint32Array,
  share: Float64Array,
): void {
  const last = knots.length - 1;
  const top = Math.max(0, last - 1);
  const [lowest, highest] = [knots[0]!, knots[last]!];
  const end = highest > knots[top]! ? 1 : 0;
  for (let i = 0; i < length; i++) {
    const xi = x[i]!;
    let below = 0;
    let t = 0;
    if (xi >= highest) {
      below = top;
      t = end;
    } else if (!(xi < lowest)) {
      below = start[Math.floor((xi - lowest) * scale)]!;
      while (xi >= knots[below + 1]!) below++;
      // Not −0.
      t = (xi - knots[below]!) / (knots[below + 1]! - knots[below]!) + 0;
    }
    low[i] = below;
    share[i] = t;
  }
}
