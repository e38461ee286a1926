import { wrongSample } from '../problem.js';

/**
 * Exact sums of doubles: fixed-point numbers kept as a few limbs, each a double that holds a whole multiple of its unit.
 *
 * A value x is cut into limbs by rounding to the nearest multiple of each unit, largest first, with the addition of
 * 1.5 · 2^52 · unit (the rounding of IEEE 754 does the cut); limbs are added without error as long as they stay below
 * 2^53 units. So the sum does not depend on the order or the split of the additions, to the last bit.
 *
 *   narrow: units 1, 2^-32, 2^-64            for |x| ≤ 2^31, rounded to 2^-64
 *   wide:   units 2^32, 1, ..., 2^-128       for |x| ≤ 2^63, rounded to 2^-128
 *
 * Terms of one sign may be larger, up to 2^51 and 2^83. Within these bounds a sum is exact, or its settling throws
 * (total beyond 2^52 times the largest unit); NaN and infinities make it throw too. A sum over weights of 1e-12 and
 * their squares keeps 48 bits of the smallest square.
 * Source: fixed-point superaccumulation after U. Kulisch, and R. M. Neal, arXiv:1505.05571.
 */
export type Ladder = 'narrow' | 'wide';

export interface ExactSums {
  readonly ladder: Ladder;
  /** Sum i has its limbs at [i · width, (i + 1) · width), largest unit first. */
  readonly limbs: Float64Array;
  /** Additions since the last settling, per limb at most. */
  pending: number;
}

const BASE = 2 ** 32;
const HALF = 2 ** 31;
/** A limb grows by at most 2^31 units an addition: from below 2^52 units, 2^20 additions leave it below 2^53. */
export const MAX_PENDING = 2 ** 20;

export const WIDTH = { narrow: 3, wide: 6 } as const;
const TOP_UNIT = { narrow: 1, wide: BASE } as const;

const N0 = 1.5 * 2 ** 52;
const N1 = 1.5 * 2 ** 20;
const N2 = 1.5 * 2 ** -12;
const W0 = 1.5 * 2 ** 84;
const W1 = N0;
const W2 = N1;
const W3 = N2;
const W4 = 1.5 * 2 ** -44;
const W5 = 1.5 * 2 ** -76;

export function exactSums(count: number, ladder: Ladder): ExactSums {
  return { ladder, limbs: new Float64Array(count * WIDTH[ladder]), pending: 0 };
}

/** Adds x to the narrow sum whose first limb is `limbs[at]`. */
export function addNarrow(limbs: Float64Array, at: number, x: number): void {
  const h0 = x + N0 - N0;
  const r0 = x - h0;
  const h1 = r0 + N1 - N1;
  if (h0 !== 0) limbs[at]! += h0;
  limbs[at + 1]! += h1;
  limbs[at + 2]! += r0 - h1 + N2 - N2;
}

/** Adds x to one narrow sum and |x| to another: their limbs differ by the sign alone. */
export function addNarrowAndAbsolute(limbs: Float64Array, at: number, absoluteAt: number, x: number): void {
  const h0 = x + N0 - N0;
  const r0 = x - h0;
  const h1 = r0 + N1 - N1;
  const h2 = r0 - h1 + N2 - N2;
  const sign = x < 0 ? -1 : 1;
  if (h0 !== 0) {
    limbs[at]! += h0;
    limbs[absoluteAt]! += sign * h0;
  }
  limbs[at + 1]! += h1;
  limbs[at + 2]! += h2;
  limbs[absoluteAt + 1]! += sign * h1;
  limbs[absoluteAt + 2]! += sign * h2;
}

/** Adds x to the wide sum whose first limb is `limbs[at]`. */
export function addWide(limbs: Float64Array, at: number, x: number): void {
  const h0 = x + W0 - W0;
  const r0 = x - h0;
  const h1 = r0 + W1 - W1;
  const r1 = r0 - h1;
  const h2 = r1 + W2 - W2;
  const r2 = r1 - h2;
  if (h0 !== 0) limbs[at]! += h0;
  limbs[at + 1]! += h1;
  limbs[at + 2]! += h2;
  // Sums of single-precision numbers end here.
  if (r2 === 0) return;
  const h3 = r2 + W3 - W3;
  const r3 = r2 - h3;
  const h4 = r3 + W4 - W4;
  limbs[at + 3]! += h3;
  limbs[at + 4]! += h4;
  limbs[at + 5]! += r3 - h4 + W5 - W5;
}

/** Adds x to one wide sum and |x| to another: their limbs differ by the sign alone. */
export function addWideAndAbsolute(limbs: Float64Array, at: number, absoluteAt: number, x: number): void {
  const h0 = x + W0 - W0;
  const r0 = x - h0;
  const h1 = r0 + W1 - W1;
  const r1 = r0 - h1;
  const h2 = r1 + W2 - W2;
  const r2 = r1 - h2;
  const sign = x < 0 ? -1 : 1;
  if (h0 !== 0) {
    limbs[at]! += h0;
    limbs[absoluteAt]! += sign * h0;
  }
  limbs[at + 1]! += h1;
  limbs[at + 2]! += h2;
  limbs[absoluteAt + 1]! += sign * h1;
  limbs[absoluteAt + 2]! += sign * h2;
  if (r2 === 0) return;
  const h3 = r2 + W3 - W3;
  const r3 = r2 - h3;
  const h4 = r3 + W4 - W4;
  const h5 = r3 - h4 + W5 - W5;
  limbs[at + 3]! += h3;
  limbs[at + 4]! += h4;
  limbs[at + 5]! += h5;
  limbs[absoluteAt + 3]! += sign * h3;
  limbs[absoluteAt + 4]! += sign * h4;
  limbs[absoluteAt + 5]! += sign * h5;
}

/** Adds a value that `addWide` has cut before into `parts[from ..]`. */
export function addCut(limbs: Float64Array, at: number, parts: Float64Array, from: number): void {
  limbs[at]! += parts[from]!;
  limbs[at + 1]! += parts[from + 1]!;
  limbs[at + 2]! += parts[from + 2]!;
  limbs[at + 3]! += parts[from + 3]!;
  limbs[at + 4]! += parts[from + 4]!;
  limbs[at + 5]! += parts[from + 5]!;
}

/** To be called before up to `additions` more of them (2^20 at most) to any one sum. */
export function reserve(sums: ExactSums, additions: number): void {
  if (additions > MAX_PENDING) throw tooLong(additions);
  if (sums.pending + additions > MAX_PENDING) settleSums(sums);
  sums.pending += additions;
}

export const tooLong = (rows: number): Error =>
  new RangeError(`batch of ${rows} rows: at most ${MAX_PENDING} for exact sums`);

/** Carries, so that every limb but the first lies in [−2^31, 2^31) units: one value, one set of bits. */
export function settleSums(sums: ExactSums): void {
  const { limbs, ladder } = sums;
  const width = WIDTH[ladder];
  for (let first = 0; first < limbs.length; first += width) {
    let unit = TOP_UNIT[ladder] / BASE ** (width - 1);
    for (let at = first + width - 1; at > first; at--) {
      const above = unit * BASE;
      const carry = Math.floor((limbs[at]! / unit + HALF) / BASE) * above;
      limbs[at]! -= carry;
      limbs[at - 1]! += carry;
      unit = above;
    }
    if (!(Math.abs(limbs[first]!) < 2 ** 52 * unit)) {
      throw wrongSample(
        `exact sum: beyond ±2^${ladder === 'wide' ? 84 : 52}; narrow the valid range of the column or use a larger unit`,
      );
    }
  }
  sums.pending = 0;
}

/** For `add`, which adds to the limbs what up to 2^20 additions have brought together elsewhere. Leaves the sums settled. */
export function addLimbs(sums: ExactSums, add: (limbs: Float64Array) => void): void {
  if (sums.pending > 0) settleSums(sums);
  add(sums.limbs);
  settleSums(sums);
}

/** Adds `from` to `into`; both are settled. */
export function mergeSums(into: ExactSums, from: ExactSums): void {
  if (into.ladder !== from.ladder || into.limbs.length !== from.limbs.length) {
    throw new RangeError('summaries of different configurations cannot be merged');
  }
  settleSums(from);
  settleSums(into);
  for (let at = 0; at < into.limbs.length; at++) into.limbs[at]! += from.limbs[at]!;
  settleSums(into);
}

/** Sum i as the nearest double (to 1 ulp); settles first. */
export function sumAt(sums: ExactSums, i: number): number {
  if (sums.pending > 0) settleSums(sums);
  const width = WIDTH[sums.ladder];
  let total = 0;
  for (let at = (i + 1) * width - 1; at >= i * width; at--) total += sums.limbs[at]!;
  return total;
}
