import { double, LOWER, UPPER, words } from '../double_words.js';

/**
 * Cells of constant relative width on the axis of doubles: the code of x is the upper word of its double, shifted
 * right by `shift`. With shift ≤ 20 a factor of two is cut into 2^(20 − shift) cells, as in an HDR histogram; beyond,
 * cells are 2^(shift − 20) factors of two wide. For x ≥ 0 codes grow with x; negative x have codes of their own, which
 * grow with |x|. −0 counts as 0.
 */
export function upperWord(x: number): number {
  double[0] = x + 0;
  return words[UPPER]!;
}

/** Middle between the least and (but for the lower word) the greatest finite number of the cell with this code. */
export function cellCentre(code: number, shift: number): number {
  const first = code << shift;
  const last = first + (2 ** shift - 1);
  const finite = Math.min(last & 0x7fffffff, LARGEST) | (last & 0x80000000);
  return valueOf(first) / 2 + valueOf(finite) / 2;
}

/** Upper word of the greatest finite double. */
const LARGEST = 0x7fefffff;

function valueOf(upper: number): number {
  words[UPPER] = upper;
  words[LOWER] = 0;
  return double[0]!;
}
