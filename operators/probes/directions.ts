import { blocksOf } from './blocks.js';
import { correlationAxes } from './correlation_axes.js';
import type { Envelope } from './types.js';

/** A direction d_q of pulls, scaled so that Σ ± d_q over a block lies on the surface of its size 1. */
export interface Direction {
  readonly members: readonly number[];
  readonly pulls: Float64Array;
}

/** Every single feature, and every axis of each correlated group; those of a group share `members`. */
export const directionsOf = (envelope: Envelope): Direction[] =>
  blocksOf(envelope).flatMap((block) => {
    const axes = correlationAxes(block);
    return axes.map((axis) => ({ members: block.members, pulls: axis.map((u) => u / Math.sqrt(axes.length)) }));
  });

/** Amounts of the directions that lead to the surface the way `descent` points: ±1; for a group √g D / |D|. */
export function downhill(directions: readonly Direction[], descent: readonly Float64Array[], i: number): Float64Array {
  const amounts = new Float64Array(directions.length);
  let q = 0;
  while (q < directions.length) {
    const { members } = directions[q]!;
    let to = q;
    let square = 0;
    for (; to < directions.length && directions[to]!.members === members; to++)
      square += descent[to]![i]! * descent[to]![i]!;
    const scale = square > 0 ? Math.sqrt((to - q) / square) : 0;
    for (; q < to; q++) amounts[q] = descent[q]![i]! * scale;
  }
  return amounts;
}

/** Entry of the Hadamard matrix of Sylvester: the parity of the bits that both have. */
export function hadamard(row: number, column: number): number {
  let bits = row & column;
  bits ^= bits >> 8;
  bits ^= bits >> 4;
  bits ^= bits >> 2;
  bits ^= bits >> 1;
  return (bits & 1) === 0 ? 1 : -1;
}
