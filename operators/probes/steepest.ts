import { blocksOf, isHeld } from './blocks.js';
import type { CorrelatedGroup, Envelope, ProbedEvents } from './types.js';

/**
 * Pulls of exactly the size s that lower a linear margin most, for g = ∂ margin / ∂ pull of each row:
 * −s sign(g_j) for a single feature, −s R g / √(gᵀ R g) for a correlated group; 0 where g is 0 or NaN or the value held.
 * They lower the margin by s (Σ |g_j| + Σ √(gᵀ R g)), the dual norm of the gradient; ranges and steps are not looked at
 * (project does that).
 *
 * I. J. Goodfellow, J. Shlens, C. Szegedy, "Explaining and harnessing adversarial examples", ICLR 2015,
 * arXiv:1412.6572 (the sign of the gradient); for the ellipsoid the maximum of a linear form by Cauchy–Schwarz.
 */
export function steepest(
  envelope: Envelope,
  events: ProbedEvents,
  rows: Int32Array,
  gradient: readonly Float64Array[],
  size: number,
): Float64Array[] {
  const pulls = gradient.map(() => new Float64Array(rows.length));
  for (const block of blocksOf(envelope)) {
    const slope = new Float64Array(block.members.length);
    const out = new Float64Array(block.members.length);
    for (let r = 0; r < rows.length; r++) {
      block.members.forEach((j, m) => (slope[m] = isHeld(envelope, events, j, rows[r]!) ? 0 : gradient[j]![r]!));
      const norm = correlated(block, slope, out);
      if (norm === 0) continue;
      block.members.forEach((j, m) => {
        if (!isHeld(envelope, events, j, rows[r]!)) pulls[j]![r] = (-size * out[m]!) / norm;
      });
    }
  }
  return pulls;
}

/** Writes R g to `out` and returns √(gᵀ R g); entries of g that are NaN count as 0. */
export function correlated({ members, cholesky }: CorrelatedGroup, g: Float64Array, out: Float64Array): number {
  const n = members.length;
  out.fill(0);
  if (n === 1) return Math.abs((out[0] = Number.isNaN(g[0]!) ? 0 : g[0]!));
  let square = 0;
  for (let column = 0; column < n; column++) {
    let v = 0;
    for (let row = column; row < n; row++) if (!Number.isNaN(g[row]!)) v += cholesky[row * n + column]! * g[row]!;
    square += v * v;
    for (let row = column; row < n; row++) out[row]! += cholesky[row * n + column]! * v;
  }
  return Math.sqrt(square);
}
