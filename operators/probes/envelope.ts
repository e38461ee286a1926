import { wrongPipeline } from '../problem.js';
import { blocksOf, isHeld, lengthOf, movingBlocks } from './blocks.js';
import { shrink } from './shrink.js';
import type { Envelope, ProbedEvents } from './types.js';

/** Sizes beyond which a proposal counts as that far, so that infinite ones have a direction. */
const FAR = 1e6;

/**
 * Moves x in place to an allowed point near it, row by row (x[j][r] is feature j of event rows[r]):
 * 1. a held value (see isHeld) and one that is NaN become the nominal one, bit for bit;
 * 2. values outside their range go to its end;
 * 3. a discrete value goes to the multiple of its step next to it on the side of the nominal one (to the end of the
 *    range where that lies within 1e-9 of a step of the multiple: rounding is no reason to lose a value, nor to leave);
 * 4. pulls u = (x − nominal) / σ with √(uᵀ R⁻¹ u) > size (a single feature: |u| > size) shrink toward the nominal point,
 *    the block as a whole, and discrete values again as in 3, until the size holds.
 * The allowed set without steps is convex and the nominal point lies in it, so that 4 keeps what 2 has reached (the
 * other order would not: a value of a correlated group that is clipped on its own makes the others less likely).
 * The size holds for the stored numbers, up to a relative 1e-12. A size below 0 or NaN is a Problem.
 */
export function project(
  envelope: Envelope,
  events: ProbedEvents,
  rows: Int32Array,
  x: readonly Float64Array[],
  size: number,
): void {
  if (!(size >= 0)) throw wrongPipeline(`size of a perturbation: ${size}, expected a number from 0`);
  x.forEach((column, j) => {
    const low = envelope.low[j]!;
    const high = envelope.high[j]!;
    for (let r = 0; r < rows.length; r++) {
      const nominal = events.x[j]![rows[r]!]!;
      const value = column[r]!;
      const far = FAR * size * events.sigma[j]![rows[r]!]!;
      if (Number.isNaN(value) || isHeld(envelope, events, j, rows[r]!)) column[r] = nominal;
      else column[r] = Math.min(high, nominal + far, Math.max(low, nominal - far, value));
    }
  });
  for (const block of blocksOf(envelope)) shrink(envelope, events, rows, x, size, block);
}

/** Pulls u = (x − nominal) / σ; 0 where the value is held, ±Infinity where it was moved all the same. */
export function pullsOf(
  envelope: Envelope,
  events: ProbedEvents,
  rows: Int32Array,
  x: readonly Float64Array[],
): Float64Array[] {
  return x.map((column, j) => {
    const pulls = new Float64Array(rows.length);
    for (let r = 0; r < rows.length; r++) {
      const i = rows[r]!;
      const nominal = events.x[j]![i]!;
      const value = column[r]!;
      if (!isHeld(envelope, events, j, i)) pulls[r] = (value - nominal) / events.sigma[j]![i]!;
      else if (value !== nominal && !(Number.isNaN(value) && Number.isNaN(nominal)))
        pulls[r] = value < nominal ? -Infinity : Infinity;
    }
    return pulls;
  });
}

/**
 * The size s that each row needs: the largest |u_j| of single features and √(uᵀ R⁻¹ u) of groups (over the members that
 * are not held). Infinity where a held value was moved.
 */
export function sizesOf(
  envelope: Envelope,
  events: ProbedEvents,
  rows: Int32Array,
  x: readonly Float64Array[],
): Float64Array {
  const pulls = pullsOf(envelope, events, rows, x);
  const sizes = new Float64Array(rows.length);
  for (const column of pulls)
    for (let r = 0; r < rows.length; r++) if (Math.abs(column[r]!) === Infinity) sizes[r] = Infinity;
  for (const block of blocksOf(envelope)) {
    const part = movingBlocks(envelope, events, block);
    const u = new Float64Array(block.members.length);
    const v = new Float64Array(block.members.length);
    for (let r = 0; r < rows.length; r++) {
      const { moving, factor } = part(rows[r]!);
      for (let m = 0; m < moving.length; m++) u[m] = pulls[block.members[moving[m]!]!]![r]!;
      sizes[r] = Math.max(sizes[r]!, moving.length === 0 ? 0 : lengthOf(factor, u, moving.length, v));
    }
  }
  return sizes;
}
