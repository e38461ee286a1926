import { sumAt } from '../summaries/exact_sum.js';
import type { Tally } from '../summaries/tally.js';

/** Effective number of events of a slot, (Σw)² / Σw² (L. Kish, 1965); without weights n. Empty: 0. */
export function effectiveN({ n, w, w2 }: Tally, slot: number): number {
  if (w === null || w2 === null) return n[slot]!;
  const squares = sumAt(w2, slot);
  const sum = sumAt(w, slot);
  return squares === 0 ? 0 : (sum * sum) / squares;
}

/** Σw of a slot; without weights n. */
export const sumOfWeights = ({ n, w }: Tally, slot: number): number => (w === null ? n[slot]! : sumAt(w, slot));

/** Σw² of a slot; without weights n. */
export const sumOfSquares = ({ n, w2 }: Tally, slot: number): number => (w2 === null ? n[slot]! : sumAt(w2, slot));
