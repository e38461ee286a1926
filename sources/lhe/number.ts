import { decimal } from '../decimal.js';

/** Powers of ten that a double holds exactly. */
const POWERS = new Float64Array(Array.from({ length: 23 }, (_, n) => Number(`1e${n}`)));
const EXACT = 2 ** 53;

/**
 * Reads `count` numbers of one line, separated by blanks or tabs, into `out[at ..]`.
 * Returns the index of the first byte after the last number and its trailing blanks, or -1 if one of them is not a
 * finite number. The line must be followed, somewhere, by a byte that no number contains (an event always has '<').
 *
 * A number is [sign] digits [. digits] [exponent], as Fortran and C write it: the exponent begins with E, e, D or d, or
 * with its sign alone (Fortran's 0.1-100). The result is the double nearest to the decimal text. If the digits form an
 * integer m < 2^53 and |exponent| ≤ 22, m and 10^|exponent| are both exact, so that one multiplication or division
 * rounds correctly (Clinger, "How to read floating point numbers accurately", PLDI 1990); else `decimal` does it, or
 * `Number`.
 */
export function readNumbers(b: Buffer, from: number, out: Float64Array, at: number, count: number): number {
  let i = from;
  for (let field = 0; field < count; field++) {
    let c = b[i]!;
    while (c === 32 || c === 9) c = b[++i]!;
    const negative = c === 45;
    if (negative || c === 43) c = b[++i]!;
    const first = i;
    let mantissa = 0;
    while (c >= 48 && c <= 57) {
      mantissa = mantissa * 10 + (c - 48);
      c = b[++i]!;
    }
    let digits = i - first;
    let exponent = 0;
    if (c === 46) {
      const point = ++i;
      c = b[i]!;
      while (c >= 48 && c <= 57) {
        mantissa = mantissa * 10 + (c - 48);
        c = b[++i]!;
      }
      exponent = point - i;
      digits -= exponent;
    }
    if (digits === 0) return -1;
    const mark = i;
    if (c === 69 || c === 101 || c === 68 || c === 100 || c === 43 || c === 45) {
      if (c > 45) c = b[++i]!;
      const minus = c === 45;
      if (minus || c === 43) c = b[++i]!;
      if (c < 48 || c > 57) return -1;
      let power = 0;
      while (c >= 48 && c <= 57) {
        if (power < 100_000) power = power * 10 + (c - 48);
        c = b[++i]!;
      }
      exponent += minus ? -power : power;
    }
    let value: number;
    if (mantissa < EXACT && exponent >= -22 && exponent <= 22) {
      value = exponent < 0 ? mantissa / POWERS[-exponent]! : mantissa * POWERS[exponent]!;
    } else {
      value = decimal(b, first, mark, exponent);
      if (value !== value) value = slow(b, first, mark, i);
      if (value === Infinity) return -1;
    }
    if (negative) value = -value;
    out[at + field] = value;
    if (c === 32 || c === 9)
      do c = b[++i]!;
      while (c === 32 || c === 9);
    else if (field < count - 1) return -1;
  }
  return i;
}

/** `Number` of mantissa [first, mark) and exponent [mark, end). */
function slow(b: Buffer, first: number, mark: number, end: number): number {
  const letter = mark < end && b[mark]! > 45;
  return Number(
    `${b.toString('latin1', first, mark)}e${mark < end ? b.toString('latin1', letter ? mark + 1 : mark, end) : '0'}`,
  );
}

const one = new Float64Array(1);

/** The number that fills [from, end) but for blanks and line ends around it, else NaN; b[end] is no part of a number. */
export function readNumber(b: Buffer, from: number, end: number): number {
  let i = from;
  while (i < end && b[i]! <= 32) i++;
  i = readNumbers(b, i, one, 0, 1);
  while (i >= 0 && i < end && b[i]! <= 32) i++;
  return i >= end ? one[0]! : NaN;
}
