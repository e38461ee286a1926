import { addLimbs, WIDTH, type ExactSums } from '../../summaries/exact_sum.js';
import type { Tally } from '../../summaries/tally.js';
import { number, operation, type Lane, type Program } from '../lanes.js';
import type { Added } from '../run.js';
import { cutWide } from './cut.js';
import type { WeightLane } from './fill.js';
import type { Limbs, WeightLimbs } from './weight_limbs.js';

/** Parts of a row: 1, the limbs of w and, with `squares`, those of w²; none without weights, where counters do. */
export function tallyParts(p: Program, weight: WeightLane | null, squares = true): Lane[] {
  if (weight === null) return [];
  const { lane, limbs } = weight;
  const w = cutWide(p, lane).slice(limbs.w.from, limbs.w.to);
  const w2 = cutWide(p, operation(p, 'mul', lane, lane)).slice(limbs.w2.from, limbs.w2.to);
  return [number(p, 1), ...w, ...(squares ? w2 : [])];
}

/** Numbers of these parts. */
export const partsOf = ({ w, w2 }: WeightLimbs): number => 1 + w.to - w.from + w2.to - w2.from;

/** Adds rows that begin with these parts; a slot has as many rows after each other as `rowsASlot` says. */
export function takeTally(state: Tally, { rows, stride }: Added, limbs: WeightLimbs, rowsASlot = 1): void {
  const { n, w, w2 } = state;
  const filled: number[] = [];
  for (let slot = 0, row = 0; slot < n.length; slot++) {
    for (let i = 0; i < rowsASlot; i++, row += stride) {
      if (rows[row] === 0) continue;
      n[slot]! += rows[row]!;
      filled.push(slot, row);
    }
  }
  const take = (sums: ExactSums, { from, to }: Limbs, part: number): void => {
    addLimbs(sums, (all) => {
      for (let at = 0; at < filled.length; at += 2) {
        const into = WIDTH.wide * filled[at]!;
        const first = filled[at + 1]! + part - from;
        for (let limb = from; limb < to; limb++) all[into + limb]! += rows[first + limb]!;
      }
    });
  };
  if (w) take(w, limbs.w, 1);
  if (w2) take(w2, limbs.w2, 1 + limbs.w.to - limbs.w.from);
}
