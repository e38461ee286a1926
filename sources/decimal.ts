/** 10^n = HIGH[n] + LOW[n] exactly: 5^n has at most 105 bits up to n = 45. */
const LARGEST = 45;
const powers = Array.from({ length: LARGEST + 1 }, (_, n) => 10n ** BigInt(n));
const HIGH = new Float64Array(powers.map(Number));
const LOW = new Float64Array(powers.map((power, n) => Number(power - BigInt(HIGH[n]!))));

const SPLITTER = 2 ** 27 + 1;

/** The rounding error of a · b, given the product p (Dekker 1971, with Veltkamp's split). */
function productError(a: number, b: number, p: number): number {
  const as = SPLITTER * a;
  const ah = as - (as - a);
  const al = a - ah;
  const bs = SPLITTER * b;
  const bh = bs - (bs - b);
  const bl = b - bh;
  return al * bl - (p - ah * bh - al * bh - ah * bl);
}

/**
 * The double nearest to (digits of b[from .. to), a point among them ignored) · 10^exponent; NaN if that takes more than
 * 30 digits, a power beyond 10^±45, or a decision closer to a tie than the arithmetic here can see.
 *
 * For the 16 and 17 digits that some generators write. The digits are an exact sum of two doubles, the power is too, and
 * one step of division or multiplication in twice the working precision is in error by less than 2^-98 of the result; if
 * both ends of that interval round to one double, it is the nearest (Ziv's test, ACM TOMS 17 (1991) 410).
 */
export function decimal(b: Uint8Array, from: number, to: number, exponent: number): number {
  if (exponent < -LARGEST || exponent > LARGEST) return NaN;
  let first = 0;
  let rest = 0;
  let taken = 0;
  for (let i = from; i < to; i++) {
    const digit = b[i]! - 48;
    if (digit < 0) continue;
    if (taken < 15) first = first * 10 + digit;
    else if (taken < 30) rest = rest * 10 + digit;
    else return NaN;
    if (first > 0) taken++;
  }
  const shift = HIGH[Math.max(taken - 15, 0)]!;
  const shifted = first * shift;
  const high = shifted + rest;
  const low = productError(first, shift, shifted) + (rest - (high - shifted));
  const power = HIGH[Math.abs(exponent)]!;
  const powerLow = LOW[Math.abs(exponent)]!;
  let main: number;
  let correction: number;
  if (exponent < 0) {
    main = high / power;
    const product = main * power;
    correction = (high - product - productError(main, power, product) - main * powerLow + low) / power;
  } else {
    main = high * power;
    correction = productError(high, power, main) + high * powerLow + low * power;
  }
  const margin = Math.abs(main) * 2 ** -98;
  const below = main + (correction - margin);
  return below === main + (correction + margin) ? below : NaN;
}
