import type { BestPoints } from './best_points.js';
import { at } from './columns.js';
import { project } from './envelope.js';

/** How close to the boundary the search ends, relative to the way from the nominal point. */
const CLOSE = 0.002;
const TRIES = 24;

/**
 * Moves fooled points (margin < 0) back along the straight line to their nominal point (margin `nominal` >= 0) until the
 * boundary is less than 0.2 % of the way behind; x[j][r] and margin[r] are changed in place and stay fooled. Where the
 * line crosses the boundary several times, it is one of the crossings. Secant, then a try just below, then halving.
 */
export async function backToBoundary(
  best: BestPoints,
  rows: Int32Array,
  nominal: Float64Array,
  x: Float64Array[],
  margin: Float64Array,
): Promise<void> {
  const { envelope, events, objective, size } = best;
  const end = x.map((column) => column.slice());
  const low = new Float64Array(rows.length);
  const above = nominal.slice();
  const high = new Float64Array(rows.length).fill(1);
  for (let k = 0; k < TRIES; k++) {
    const active = Int32Array.from(rows.keys()).filter((r) => high[r]! - low[r]! > CLOSE * high[r]!);
    if (active.length === 0) return;
    const part = Float64Array.from(active, (r) => {
      const width = high[r]! - low[r]!;
      const secant = low[r]! + (width * above[r]!) / (above[r]! - margin[r]!) + (CLOSE / 4) * high[r]!;
      const wanted = k % 3 === 0 ? secant : k % 3 === 1 ? high[r]! * (1 - 0.9 * CLOSE) : low[r]! + width / 2;
      return wanted > low[r]! && wanted < high[r]! ? wanted : low[r]! + width / 2;
    });
    const some = active.map((r) => rows[r]!);
    const points = end.map((column, j) =>
      Float64Array.from(active, (r, p) => {
        const from = events.x[j]![rows[r]!]!;
        return column[r] === from || Number.isNaN(from) ? from : from + part[p]! * (column[r]! - from);
      }),
    );
    project(envelope, events, some, points, size);
    const found = await objective.margin(some, points);
    best.evaluations += some.length;
    active.forEach((r, p) => {
      if (found[p]! < 0) {
        high[r] = part[p]!;
        margin[r] = found[p]!;
        x.forEach((column, j) => (column[r] = points[j]![p]!));
      } else {
        low[r] = part[p]!;
        if (!Number.isNaN(found[p]!)) above[r] = found[p]!;
      }
    });
  }
}

/** The points `x` of `rows` become the best points. */
export function keep(best: BestPoints, rows: Int32Array, x: readonly Float64Array[], margin: Float64Array): void {
  rows.forEach((i, r) => {
    best.margin[i] = margin[r]!;
    best.x.forEach((column, j) => (column[i] = x[j]![r]!));
  });
}

/** Nominal values plus pulls, of `rows`. */
export const moved = (best: BestPoints, rows: Int32Array, pulls: readonly Float64Array[]): Float64Array[] =>
  at(best.events.x, rows).map((column, j) =>
    column.map((value, r) => {
      const pull = pulls[j]![r]!;
      return pull === 0 ? value : value + pull * best.events.sigma[j]![rows[r]!]!;
    }),
  );
