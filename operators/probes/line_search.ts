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
  const d = best.x.length;
  const taken = new Float64Array(rows.length);
  let tried = rows.map((_, r) => r);
  // Where each step begins: the best points as they are now, which the parts may move.
  const from = at(best.x, rows);
  for (const part of PARTS) {
    tried = tried.filter((r) => isTried(r, part));
    const n = tried.length;
    if (n === 0) break;
    const own = tried.map((r) => rows[r]!);
    const to = from.map((column, j) => {
      const [pulls, sigma] = [direction[j]!, events.sigma[j]!];
      const moved = new Float64Array(n);
      for (let k = 0; k < n; k++) {
        const r = tried[k]!;
        const i = own[k]!;
        const pull = pulls[r]!;
        moved[k] = pull === 0 ? column[r]! : column[r]! + part * length[i]! * pull * sigma[i]!;
      }
      return moved;
    });
    project(envelope, events, own, to, size);
    const changed = new Int32Array(n);
    let asked = 0;
    for (let k = 0; k < n; k++) {
      let j = 0;
      while (j < d && Object.is(to[j]![k], best.x[j]![own[k]!])) j++;
      if (j < d) changed[asked++] = k;
    }
    if (asked === 0) continue;
    const places = changed.subarray(0, asked);
    const some = places.map((k) => own[k]!);
    const points = at(to, places);
    const margin = await objective.margin(some, points);
    best.evaluations += some.length;
    const added = penalty?.(some, points).value;
    for (let k = 0; k < asked; k++) {
      const i = some[k]!;
      const value = margin[k]! + (added?.[k] ?? 0);
      if (!(margin[k]! <= nominal[i]! && value < loss[i]! - 1e-12 * Math.abs(loss[i]!))) continue;
      loss[i] = value;
      best.margin[i] = margin[k]!;
      for (let j = 0; j < d; j++) best.x[j]![i] = points[j]![k]!;
      taken[tried[places[k]!]!] = part;
    }
  }
  return taken;
}
