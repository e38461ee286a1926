import { addLimbs, WIDTH } from '../../summaries/exact_sum.js';
import type { Tally } from '../../summaries/tally.js';
import { number, operation, type Lane, type Program } from '../lanes.js';
import type { Added } from '../run.js';
import { cutWide } from './cut.js';

/** Parts of a row: 1, the limbs of w and, with `squares`, those of w²; none without weights, where counters do. */
export function tallyParts(p: Program, weight: Lane | null, squares = true): Lane[] {
  if (weight === null) return [];
  const w = cutWide(p, weight);
  return [number(p, 1), ...w, ...(squares ? cutWide(p, squareOf(p, weight)) : [])];
}

export const squareOf = (p: Program, x: Lane): Lane => operation(p, 'mul', x, x);

/** Adds rows that begin with these parts; a slot has as many rows after each other as `rowsASlot` says. */
export function takeTally(state: Tally, { rows, stride }: Added, rowsASlot = 1): void {
  const { n, w, w2 } = state;
  const filled: number[] = [];
  for (let slot = 0, row = 0; slot < n.length; slot++) {
    for (let i = 0; i < rowsASlot; i++, row += stride) {
      if (rows[row] === 0) continue;
      n[slot]! += rows[row]!;
      filled.push(slot, row);
    }
  }
  [w, w2].forEach((sums, i) => {
    if (sums === null) return;
    addLimbs(sums, (limbs) => {
      for (let at = 0; at < filled.length; at += 2) {
        const to = WIDTH.wide * filled[at]!;
        const from = filled[at + 1]! + 1 + WIDTH.wide * i;
        for (let limb = 0; limb < WIDTH.wide; limb++) limbs[to + limb]! += rows[from + limb]!;
      }
    });
  });
}
