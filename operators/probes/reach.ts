import { blocksOf, isHeld } from './blocks.js';
import { correlated } from './steepest.js';
import type { CorrelatedGroup, Envelope, ProbedEvents } from './types.js';

/** What a linear margin with the slope g (per pull) can be lowered by, block by block. */
export interface Reach {
  readonly blocks: readonly CorrelatedGroup[];
  /** R g, by feature and row; 0 where the value is held. */
  readonly direction: readonly Float64Array[];
  /** √(gᵀ R g), by block and row: how far size 1 of the block lowers the margin. */
  readonly norm: readonly Float64Array[];
  /** The size up to which a single feature can go downhill inside its range; Infinity for a group. */
  readonly room: readonly Float64Array[];
}

export function reach(
  envelope: Envelope,
  events: ProbedEvents,
  rows: Int32Array,
  gradient: readonly Float64Array[],
): Reach {
  const blocks = blocksOf(envelope);
  const direction = gradient.map(() => new Float64Array(rows.length));
  const room = blocks.map(() => new Float64Array(rows.length).fill(Infinity));
  const norm = blocks.map((block, b) => {
    const norms = new Float64Array(rows.length);
    const slope = new Float64Array(block.members.length);
    const out = new Float64Array(block.members.length);
    for (let r = 0; r < rows.length; r++) {
      const i = rows[r]!;
      block.members.forEach((j, m) => (slope[m] = isHeld(envelope, events, j, i) ? 0 : gradient[j]![r]!));
      norms[r] = correlated(block, slope, out);
      block.members.forEach((j, m) => (direction[j]![r] = isHeld(envelope, events, j, i) ? 0 : out[m]!));
      const j = block.members[0]!;
      if (block.members.length > 1 || norms[r] === 0) continue;
      const end = slope[0]! > 0 ? envelope.low[j]! : envelope.high[j]!;
      room[b]![r] = Math.abs(end - events.x[j]![i]!) / events.sigma[j]![i]!;
    }
    return norms;
  });
  return { blocks, direction, norm, room };
}

/** The most that size s takes off the margin of row r: Σ norm · min(s, room). */
export function takes({ norm, room }: Reach, r: number, s: number): number {
  let sum = 0;
  for (let b = 0; b < norm.length; b++) sum += norm[b]![r]! * Math.min(s, room[b]![r]!);
  return sum;
}

/** The least size that takes `wanted` off the margin of row r, at most `most` (then it may take less). */
export function leastSize(all: Reach, r: number, wanted: number, most: number): number {
  if (takes(all, r, most) <= wanted) return most;
  let low = 0;
  let high = most;
  for (let k = 0; k < 60 && low < high; k++) {
    const middle = (low + high) / 2;
    if (takes(all, r, middle) >= wanted) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Pulls of the nominal point that minimise ratio · η + (wanted + g·u)² within `size` and ranges, for a linear margin
 * whose slope g made `all` and η = (1 / k) Σ uᵀ R⁻¹ u over the k moving values: u = −min(κ, cap) R g in each block,
 * cap = min(size, room) / norm, with κ such that κ · ratio / k = wanted − Σ min(κ, cap) norm² (Lagrange multipliers; κ
 * by bisection). ratio 0: the least η that takes `wanted` off, or all that the size takes.
 */
export function cheapestPulls(
  all: Reach,
  rows: number,
  wanted: Float64Array,
  size: Float64Array,
  ratio: number,
): Float64Array[] {
  const pulls = all.direction.map(() => new Float64Array(rows));
  for (let r = 0; r < rows; r++) {
    const caps = all.norm.map((norm, b) => (norm[r]! > 0 ? Math.min(size[r]!, all.room[b]![r]!) / norm[r]! : 0));
    const moving = all.direction.reduce((sum, column) => sum + (column[r] === 0 ? 0 : 1), 0);
    const price = ratio / Math.max(1, moving);
    let low = 0;
    let high = Math.max(...caps);
    const excess = (kappa: number): number => {
      let value = kappa * price - wanted[r]!;
      for (let b = 0; b < caps.length; b++) value += Math.min(kappa, caps[b]!) * all.norm[b]![r]! ** 2;
      return value;
    };
    if (excess(high) > 0) {
      for (let k = 0; k < 60; k++) {
        const middle = (low + high) / 2;
        if (excess(middle) > 0) high = middle;
        else low = middle;
      }
    }
    all.blocks.forEach(({ members }, b) => {
      const kappa = Math.min(high, caps[b]!);
      for (const j of members) pulls[j]![r] = -kappa * all.direction[j]![r]!;
    });
  }
  return pulls;
}
