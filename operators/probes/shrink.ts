import { isHeld, lengthOf, movingBlocks, ROUNDING } from './blocks.js';
import type { CorrelatedGroup, Envelope, ProbedEvents } from './types.js';

/**
 * Shrinks the pulls of a block toward the nominal point, as a whole and in place, until √(uᵀ R⁻¹ u) ≤ size: step 4 of
 * `project`. A discrete value goes to the multiple of its step next to it on the side of the nominal one.
 */
export function shrink(
  envelope: Envelope,
  events: ProbedEvents,
  rows: Int32Array,
  x: readonly Float64Array[],
  size: number,
  block: CorrelatedGroup,
): void {
  if (block.members.length === 1 && envelope.step[block.members[0]!] === 0) {
    shrinkSingle(envelope, events, rows, x[block.members[0]!]!, size, block.members[0]!);
    return;
  }
  const { members } = block;
  const part = movingBlocks(envelope, events, block);
  const u = new Float64Array(members.length);
  const v = new Float64Array(members.length);
  for (let r = 0; r < rows.length; r++) {
    const i = rows[r]!;
    const { moving, factor } = part(i);
    let scale = 1;
    // Where the nominal value is large beside σ, rounding may leave the scaled point outside: shrink on, twice as
    // much each time, at last to the nominal point.
    for (let less = 0; moving.length > 0; less = less === 0 ? 2 ** -52 : 2 * less) {
      for (let m = 0; m < moving.length; m++) {
        const j = members[moving[m]!]!;
        const nominal = events.x[j]![i]!;
        const step = envelope.step[j]!;
        const column = x[j]!;
        if (step > 0)
          column[r] = Math.min(envelope.high[j]!, Math.max(envelope.low[j]!, onGrid(nominal, column[r]!, step, scale)));
        else if (scale < 1) column[r] = nominal + scale * (column[r]! - nominal);
        u[m] = (column[r]! - nominal) / events.sigma[j]![i]!;
      }
      const reached = lengthOf(factor, u, moving.length, v);
      if (reached <= size * (1 + ROUNDING)) break;
      scale = (size / reached) * Math.max(0, 1 - less);
    }
  }
}

/** The same of a continuous feature that stands alone, which most do. */
function shrinkSingle(
  envelope: Envelope,
  events: ProbedEvents,
  rows: Int32Array,
  column: Float64Array,
  size: number,
  j: number,
): void {
  const sigma = events.sigma[j]!;
  const limit = size * (1 + ROUNDING);
  for (let r = 0; r < rows.length; r++) {
    const i = rows[r]!;
    const nominal = events.x[j]![i]!;
    let value = column[r]!;
    if (value === nominal || isHeld(envelope, events, j, i)) continue;
    let reached = Math.abs((value - nominal) / sigma[i]!);
    for (let less = 0; reached > limit; less = less === 0 ? 2 ** -52 : 2 * less) {
      value = nominal + (size / reached) * Math.max(0, 1 - less) * (value - nominal);
      reached = Math.abs((value - nominal) / sigma[i]!);
    }
    column[r] = value;
  }
}

/** The multiple of `step` next to nominal + scale · (value − nominal), on the side of the nominal value. */
function onGrid(nominal: number, value: number, step: number, scale: number): number {
  const steps = (scale * (value - nominal)) / step;
  const whole = Math.trunc(steps + (steps < 0 ? -1e-9 : 1e-9));
  return whole === 0 ? nominal : (Math.round(nominal / step) + whole) * step;
}
