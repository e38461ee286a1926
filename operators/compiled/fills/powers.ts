import { addLimbs, WIDTH, type ExactSums } from '../../summaries/exact_sum.js';
import { MAX_TERM } from '../../summaries/moments.js';
import { operation, type Lane, type Program } from '../lanes.js';
import type { Added } from '../run.js';
import { numbers, written } from '../written.js';
import { cutNarrow, cutWide } from './cut.js';

/**
 * Σwx, Σwx² and Σw|x| by slot (`fillPowers` of summaries/moments.ts): rows 2s and 2s + 1 hold the limbs of wx and wx²
 * for x ≥ 0 and x < 0. Limbs of −x are those of x with the other sign, so Σw|x| is the difference of the two rows.
 */
export function layPowers(p: Program, x: Lane, weight: Lane | null, wide: boolean): Lane[] {
  const cut = wide ? cutWide : cutNarrow;
  const square = operation(p, 'mul', x, x);
  if (weight === null) {
    if (wide) demandBelow(p, square, MAX_TERM.counted);
    return [...cut(p, x), ...cut(p, square)];
  }
  const weighted = operation(p, 'mul', weight, square);
  demandBelow(p, weighted, MAX_TERM.weighted);
  return [...cut(p, operation(p, 'mul', weight, x)), ...cut(p, weighted)];
}

/** Row of a slot's events on this side of 0. */
export const signedRow = (p: Program, slot: Lane, x: Lane): Lane =>
  written(p, 'slot * 2 + where(x < 0, 1, 0)', { slot, x });

function demandBelow(p: Program, term: Lane, most: number): void {
  const holds = written(p, 'abs(term) <= most', { term, ...numbers(p, { most }) });
  p.effects.push({ kind: 'demand', holds });
}

/** Adds the limbs that stand at `from` in each row. */
export function takePowers(sums: ExactSums, { rows, stride }: Added, from: number): void {
  const width = WIDTH[sums.ladder];
  addLimbs(sums, (limbs) => {
    for (let row = 0; row * stride < rows.length; row += 2) {
      const to = 3 * width * (row / 2);
      const above = row * stride + from;
      const below = above + stride;
      if (rows[row * stride] === 0 && rows[(row + 1) * stride] === 0) continue;
      for (let limb = 0; limb < width; limb++) {
        limbs[to + limb]! += rows[above + limb]! + rows[below + limb]!;
        limbs[to + width + limb]! += rows[above + width + limb]! + rows[below + width + limb]!;
        limbs[to + 2 * width + limb]! += rows[above + limb]! - rows[below + limb]!;
      }
    }
  });
}
