import { addCut, addWide, exactSums, mergeSums, reserve, settleSums, WIDTH, type ExactSums } from './exact_sum.js';
import type { Weights } from './summary.js';

/**
 * Numbers of entries by slot, and with weights also Σw and Σw² (both exact). The building block of histograms.
 * Counts are whole numbers in doubles, exact to 2^53.
 */
export interface Tally {
  readonly n: Float64Array;
  readonly w: ExactSums | null;
  readonly w2: ExactSums | null;
}

/** `squares` false: Σw² is not kept, where nothing asks for the error of an entry. */
export function tally(slots: number, weighted: boolean, squares = weighted): Tally {
  return {
    n: new Float64Array(slots),
    w: weighted ? exactSums(slots, 'wide') : null,
    w2: squares ? exactSums(slots, 'wide') : null,
  };
}

/** Counts row i in slot `slots[i]`, for all rows. */
export function fillTally(into: Tally, slots: Int32Array, length: number, weights: Weights | null): void {
  const { n, w, w2 } = into;
  for (let i = 0; i < length; i++) n[slots[i]!]!++;
  if (w === null) return;
  if (weights === null) throw new RangeError('weights are missing for a weighted summary');
  const width = WIDTH.wide;
  reserve(w, length);
  for (let i = 0; i < length; i++) addCut(w.limbs, slots[i]! * width, weights.wLimbs, i * width);
  if (w2 === null) return;
  reserve(w2, length);
  for (let i = 0; i < length; i++) addCut(w2.limbs, slots[i]! * width, weights.w2Limbs, i * width);
}

export function mergeTally(into: Tally, from: Tally): void {
  if (into.n.length !== from.n.length || (into.w === null) !== (from.w === null)) {
    throw new RangeError('summaries of different configurations cannot be merged');
  }
  for (let slot = 0; slot < into.n.length; slot++) into.n[slot]! += from.n[slot]!;
  if (into.w && from.w) mergeSums(into.w, from.w);
  if (into.w2 && from.w2) mergeSums(into.w2, from.w2);
}

export function settleTally(state: Tally): void {
  if (state.w) settleSums(state.w);
  if (state.w2) settleSums(state.w2);
}

/** Cuts weights (|w| ≤ 2^40, finite) once per batch, so that every summary adds the same limbs. */
export function cutWeights(w: Float64Array): Weights {
  const wLimbs = new Float64Array(w.length * WIDTH.wide);
  const w2Limbs = new Float64Array(w.length * WIDTH.wide);
  for (let i = 0; i < w.length; i++) {
    addWide(wLimbs, i * WIDTH.wide, w[i]!);
    addWide(w2Limbs, i * WIDTH.wide, w[i]! * w[i]!);
  }
  return { w, wLimbs, w2Limbs };
}

let scratch = new Int32Array(0);

/** A slot column that is free until the next call. */
export function slotColumn(length: number): Int32Array {
  if (scratch.length < length) scratch = new Int32Array(length);
  return scratch;
}
