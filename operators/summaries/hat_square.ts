import { addNarrow, reserve, WIDTH, type ExactSums } from './exact_sum.js';

/** Terms are rounded to 2^-40: 2^12 of them, each at most 1, add up without error in a double. */
const ROUND = 1.5 * 2 ** 12;
/** Events whose products a square takes. */
export const RUN = 2 ** 12;

/** Rows and columns of a tile of the scratch, which stays in the nearest cache. */
const TILE = 16;

/** into[first + stride · (at − from)] = x[order[at]]. */
export function gather(
  x: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
  into: Int32Array | Float64Array,
  first: number,
  stride: number,
): void {
  for (let i = from, at = first; i < to; i++, at += stride) into[at] = x[order[i]!]!;
}

/** The products of one event, whose terms are at [first, end), into the square. */
export function addProducts(
  square: Float64Array,
  size: number,
  u: number,
  indices: Int32Array,
  values: Float64Array,
  first: number,
  end: number,
): void {
  for (let j = first; j < end; j++) {
    const a = indices[j]!;
    const x = values[j]!;
    const row = a * size;
    const ux = u * x;
    square[row + a]! += ux * x + ROUND - ROUND;
    for (let k = j + 1; k < end; k++) {
      const b = indices[k]!;
      // Off the diagonal of the terms a product stands for two, which fall on one place where a = b.
      let product = ux * values[k]!;
      if (a === b) product += product;
      square[row + b]! += product + ROUND - ROUND;
    }
  }
}

/**
 * Adds the square, its two halves together, to the sums of a group, which begin at `group`, those of row a at starts[a] + a;
 * `touched` are the functions that had events. The square is 0 afterwards.
 */
export function emptySquare(
  square: Float64Array,
  touched: Uint8Array,
  sums: ExactSums,
  group: number,
  starts: Int32Array,
): void {
  reserve(sums, 1);
  const size = touched.length;
  const rows: number[] = [];
  for (let a = 0; a < size; a++) if (touched[a] === 1) rows.push(a);
  for (let top = 0; top < rows.length; top += TILE) {
    for (let left = top; left < rows.length; left += TILE) {
      for (let r = top; r < Math.min(rows.length, top + TILE); r++) {
        const a = rows[r]!;
        for (let c = Math.max(r, left); c < Math.min(rows.length, left + TILE); c++) {
          const b = rows[c]!;
          const above = a * size + b;
          const below = b * size + a;
          const x = a === b ? square[above]! : square[above]! + square[below]!;
          if (x === 0) continue;
          addNarrow(sums.limbs, (group + starts[a]! + b) * WIDTH.narrow, x);
          square[above] = 0;
          square[below] = 0;
        }
      }
    }
  }
}
