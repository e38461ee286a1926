import { offer, type BestPoints } from './best_points.js';
import { at } from './columns.js';

const LEVELS = [-1, -0.5, 0.5, 1];
/** Coarse to fine, in sizes: the levels from the nominal point, then steps from the best point. */
export const MESHES = [1, 1 / 4, 1 / 8, 1 / 16];

/**
 * Offers feature j of the events `rows` at pulls of -s, -s/2, s/2, s; on a finer mesh h at one and two steps of h s to
 * either side of where it is.
 */
export async function pollFeature(best: BestPoints, rows: Int32Array, j: number, mesh: Uint8Array): Promise<void> {
  const { events, size } = best;
  const n = LEVELS.length;
  const many = Int32Array.from({ length: rows.length * n }, (_, r) => rows[Math.floor(r / n)]!);
  const x = at(best.x, many);
  for (let r = 0; r < many.length; r++) {
    const i = many[r]!;
    const sigma = events.sigma[j]![i]! * size;
    const level = LEVELS[r % n]!;
    if (mesh[i] === 0) x[j]![r] = events.x[j]![i]! + level * sigma;
    else x[j]![r]! += 2 * level * MESHES[mesh[i]!]! * sigma;
  }
  await offer(best, many, x);
}

/**
 * Offers a correlated group of the events `rows` a step of h s to either side along each axis, then one along
 * -Σ_k c_k a_k / |c| with the differences c_k of margins along axis a_k: of a linear margin the way down to the surface
 * of the ellipsoid. Steps start at the best point, that last one on the coarsest mesh at the nominal point.
 */
export async function pollGroup(
  best: BestPoints,
  rows: Int32Array,
  members: readonly number[],
  axes: readonly Float64Array[],
  mesh: Uint8Array,
): Promise<void> {
  const { events, size } = best;
  const n = 2 * axes.length;
  const many = Int32Array.from({ length: rows.length * n }, (_, r) => rows[Math.floor(r / n)]!);
  const from = at(best.x, rows);
  const x = at(best.x, many);
  for (let r = 0; r < many.length; r++) {
    const step = (r % 2 === 0 ? size : -size) * MESHES[mesh[many[r]!]!]!;
    const axis = axes[(r % n) >> 1]!;
    for (const [a, j] of members.entries()) x[j]![r]! += step * axis[a]! * events.sigma[j]![many[r]!]!;
  }
  const margin = await offer(best, many, x);
  for (const [r, i] of rows.entries()) {
    const slope = axes.map((_, k) => finite((margin[r * n + 2 * k]! - margin[r * n + 2 * k + 1]!) / 2));
    const norm = Math.sqrt(slope.reduce((sum, each) => sum + each * each, 0));
    if (norm === 0) continue;
    const start = mesh[i] === 0 ? events.x : undefined;
    for (const [a, j] of members.entries()) {
      const pull = axes.reduce((sum, axis, k) => sum - (slope[k]! / norm) * axis[a]!, 0);
      const step = pull * size * MESHES[mesh[i]!]! * events.sigma[j]![i]!;
      from[j]![r] = (start === undefined ? from[j]![r]! : start[j]![i]!) + step;
    }
  }
  await offer(best, rows, from);
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);
