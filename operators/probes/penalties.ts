import { blocksOf, isHeld, lengthOf, movingBlocks } from './blocks.js';
import { pullsOf } from './envelope.js';
import type { Envelope, ProbedEvents } from './types.js';

/** A penalty of each row and its gradient, gradient[j][r] per pull. */
export interface Penalty {
  readonly value: Float64Array;
  readonly gradient: Float64Array[];
}

/** Range of each free feature where the nominal events are. */
export interface PriorRange {
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

/**
 * χ² = (1 / k) Σ uᵀ R⁻¹ u over the blocks of the k values that may move: the mean of squared pulls where nothing is
 * correlated. 0 where all values are held.
 */
export function chiSquare(
  envelope: Envelope,
  events: ProbedEvents,
  rows: Int32Array,
  x: readonly Float64Array[],
): Penalty {
  const pulls = pullsOf(envelope, events, rows, x);
  const value = new Float64Array(rows.length);
  const gradient = x.map(() => new Float64Array(rows.length));
  const free = freeValues(envelope, events, rows);
  for (const block of blocksOf(envelope)) {
    const part = movingBlocks(envelope, events, block);
    const u = new Float64Array(block.members.length);
    const v = new Float64Array(block.members.length);
    for (let r = 0; r < rows.length; r++) {
      const { moving, factor } = part(rows[r]!);
      const k = moving.length;
      if (k === 0) continue;
      for (let m = 0; m < k; m++) u[m] = pulls[block.members[moving[m]!]!]![r]!;
      value[r]! += lengthOf(factor, u, k, v) ** 2 / free[r]!;
      // Lᵀ w = v, w = R⁻¹ u
      for (let row = k - 1; row >= 0; row--) {
        for (let m = row + 1; m < k; m++) v[row]! -= factor[m * k + row]! * v[m]!;
        v[row]! /= factor[row * k + row]!;
        gradient[block.members[moving[row]!]!]![r] = (2 * v[row]!) / free[r]!;
      }
    }
  }
  return { value, gradient };
}

/** Mean over the values that may move of the squared distance beyond the prior range, in σ; 0 inside. */
export function beyondPrior(
  prior: PriorRange,
  envelope: Envelope,
  events: ProbedEvents,
  rows: Int32Array,
  x: readonly Float64Array[],
): Penalty {
  const value = new Float64Array(rows.length);
  const free = freeValues(envelope, events, rows);
  const gradient = x.map((column, j) => {
    const slope = new Float64Array(rows.length);
    for (let r = 0; r < rows.length; r++) {
      if (isHeld(envelope, events, j, rows[r]!)) continue;
      const inside = Math.min(prior.high[j]!, Math.max(prior.low[j]!, column[r]!));
      const beyond = (column[r]! - inside) / events.sigma[j]![rows[r]!]!;
      value[r]! += (beyond * beyond) / free[r]!;
      slope[r] = (2 * beyond) / free[r]!;
    }
    return slope;
  });
  return { value, gradient };
}

/** The quantiles of the nominal values of each feature (linear between ranks); -∞ to ∞ without values. */
export function priorRange(events: ProbedEvents, low = 0.001, high = 0.999): PriorRange {
  const sorted = events.x.map((column) => column.filter((value) => !Number.isNaN(value)).sort());
  const at = (column: Float64Array, p: number, none: number): number => {
    const rank = p * (column.length - 1);
    const below = Math.floor(rank);
    if (column.length === 0) return none;
    const next = column[Math.min(below + 1, column.length - 1)]!;
    return column[below]! + (rank - below) * (next - column[below]!);
  };
  return {
    low: sorted.map((column) => at(column, low, -Infinity)),
    high: sorted.map((column) => at(column, high, Infinity)),
  };
}

function freeValues(envelope: Envelope, events: ProbedEvents, rows: Int32Array): Float64Array {
  const free = new Float64Array(rows.length);
  for (let j = 0; j < events.x.length; j++)
    for (let r = 0; r < rows.length; r++) if (!isHeld(envelope, events, j, rows[r]!)) free[r]!++;
  return free;
}
