import type { BestPoints } from './best_points.js';
import { at } from './columns.js';
import { project } from './envelope.js';
import type { Penalty } from './penalties.js';

/** Parts of the present step length that are tried along a direction, longest first; each costs one row, a gradient 2 d. */
const PARTS = [1, 1 / 2, 1 / 4, 1 / 8];

export interface LineSearch {
  /** Length of a whole step of each event, in pulls. */
  readonly length: Float64Array;
  /** Margin + penalties of each event's best point; lowered in place. */
  readonly loss: Float64Array;
  /** No point whose margin is above this is taken. */
  readonly nominal: Float64Array;
  /** Whether the part is tried for event rows[r]. */
  readonly isTried: (r: number, part: number) => boolean;
  readonly penalty?: ((rows: Int32Array, x: readonly Float64Array[]) => Penalty) | undefined;
}

/**
 * Tries parts of a step along `direction` (pulls, by row) from the best points of `rows`, projected into the envelope,
 * and keeps what lowers the loss most. The part that was taken, by row; 0: none was better. NaN margins: never taken.
 */
export async function lineSearch(
  best: BestPoints,
  rows: Int32Array,
  direction: readonly Float64Array[],
  { length, loss, nominal, isTried, penalty }: LineSearch,
): Promise<Float64Array> {
  const { envelope, events, objective, size } = best;
  const from = at(best.x, rows);
  const taken = new Float64Array(rows.length);
  let tried = rows.map((_, r) => r);
  for (const part of PARTS) {
    tried = tried.filter((r) => isTried(r, part));
    if (tried.length === 0) break;
    const own = tried.map((r) => rows[r]!);
    const to = from.map((column, j) =>
      Float64Array.from({ length: tried.length }, (_, k) => {
        const r = tried[k]!;
        const pull = direction[j]![r]!;
        return pull === 0 ? column[r]! : column[r]! + part * length[rows[r]!]! * pull * events.sigma[j]![rows[r]!]!;
      }),
    );
    project(envelope, events, own, to, size);
    const changed = own
      .map((_, k) => k)
      .filter((k) => to.some((column, j) => !Object.is(column[k], best.x[j]![own[k]!])));
    if (changed.length === 0) continue;
    const some = changed.map((k) => own[k]!);
    const points = at(to, changed);
    const margin = await objective.margin(some, points);
    best.evaluations += some.length;
    const added = penalty?.(some, points).value;
    for (let k = 0; k < some.length; k++) {
      const i = some[k]!;
      const value = margin[k]! + (added?.[k] ?? 0);
      if (!(margin[k]! <= nominal[i]! && value < loss[i]! - 1e-12 * Math.abs(loss[i]!))) continue;
      loss[i] = value;
      best.margin[i] = margin[k]!;
      best.x.forEach((column, j) => (column[i] = points[j]![k]!));
      taken[tried[changed[k]!]!] = part;
    }
  }
  return taken;
}
