import { WIDTH } from '../../summaries/exact_sum.js';

/** Limbs `from` ≤ i < `to` of a wide exact sum. */
export interface Limbs {
  readonly from: number;
  readonly to: number;
}

/** Limbs that weights and their squares can have: the others are 0, and need not be added. */
export interface WeightLimbs {
  readonly w: Limbs;
  readonly w2: Limbs;
}

export const ALL_LIMBS: WeightLimbs = { w: { from: 0, to: WIDTH.wide }, w2: { from: 0, to: WIDTH.wide } };

/** Of weights that are all 0: the least units of w, the least of w². */
export const FEWEST_LIMBS: WeightLimbs = { w: { from: 2, to: 3 }, w2: { from: 2, to: 3 } };

/** Limb i counts units of 2^(32 − 32 i). */
const exponentOfUnit = (limb: number): number => 32 - 32 * limb;

/**
 * From the largest and the smallest weight that is not 0: a number below half a unit has no limb of it, and one whose last
 * bit is a unit has no limb below. Weights of single precision have 24 bits, others 53.
 */
export function weightLimbs(weights: Float64Array, length: number): WeightLimbs {
  let most = 0;
  let least = Infinity;
  let single = true;
  for (let i = 0; i < length; i++) {
    const size = Math.abs(weights[i]!);
    if (size > most) most = size;
    if (size < least && size > 0) least = size;
    single &&= Math.fround(size) === size;
  }
  // NaN is in no order: whatever has it has all limbs.
  if (!(most < Infinity) || (!single && weights.subarray(0, length).some(Number.isNaN))) return ALL_LIMBS;
  if (most === 0) return FEWEST_LIMBS;
  const top = exponentOf(most);
  const last = exponentOf(least) - (single ? 23 : 52);
  return { w: between(top, last), w2: between(2 * top + 1, 2 * last) };
}

/** Of numbers below 2^(top + 1) whose bits are whole multiples of 2^last. */
function between(top: number, last: number): Limbs {
  let from = 0;
  while (from < WIDTH.wide - 1 && exponentOfUnit(from) > top + 1) from++;
  let to = from + 1;
  while (to < WIDTH.wide && exponentOfUnit(to - 1) > last) to++;
  return { from, to };
}

const view = new DataView(new ArrayBuffer(8));

/** e of 2^e ≤ x < 2^(e + 1); −1075 for subnormal numbers, below whose last bit there is none. */
function exponentOf(x: number): number {
  view.setFloat64(0, x);
  const biased = (view.getUint32(0) >>> 20) & 0x7ff;
  return biased === 0 ? -1075 : biased - 1023;
}

const isWithin = (inner: Limbs, outer: Limbs): boolean => inner.from >= outer.from && inner.to <= outer.to;
export const covers = (has: WeightLimbs, wants: WeightLimbs): boolean =>
  isWithin(wants.w, has.w) && isWithin(wants.w2, has.w2);

const join = (a: Limbs, b: Limbs): Limbs => ({ from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) });
export const bothLimbs = (a: WeightLimbs, b: WeightLimbs): WeightLimbs => ({ w: join(a.w, b.w), w2: join(a.w2, b.w2) });
