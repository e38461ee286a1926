import { decimal } from '../decimal.js';

/** Powers of ten that a double holds exactly. */
const powers = new Float64Array(Array.from({ length: 23 }, (_, n) => Number(`1e${n}`)));
const exact = 2 ** 53;

/** Words that stand for a number or for a missing one, lower case and without sign. */
const words = new Map([
  ['', NaN],
  ['nan', NaN],
  ['null', NaN],
  ['none', NaN],
  ['na', NaN],
  ['n/a', NaN],
  ['inf', Infinity],
  ['infinity', Infinity],
  ['true', 1],
  ['false', 0],
]);

function wordOf(text: string): number | undefined {
  const lower = text.trim().toLowerCase();
  const unsigned = words.get(lower.replace(/^[+-](?=.)/, ''));
  return unsigned !== undefined && lower.startsWith('-') ? -unsigned : unsigned;
}

/** A decimal number of any length, correctly rounded; an integer beyond ±2^53 is NaN. Undefined if it is none. */
export function numberOf(text: string): number | undefined {
  const number = text.trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(number)) return wordOf(number);
  const value = Number(number);
  if (Math.abs(value) < exact || !/^[+-]?\d+$/.test(number)) return value;
  const whole = BigInt(number.replace('+', ''));
  return whole > BigInt(exact) || whole < -BigInt(exact) ? NaN : value;
}

/**
 * The number that the bytes from ≤ byte < to spell in decimal; NaN for nan, null, none, na and nothing at all; inf and
 * infinity with their sign; 1 and 0 for true and false; undefined for anything else.
 *
 * If the digits form an integer m < 2^53 and the exponent is within ±22, one multiplication or division of two exact
 * doubles rounds correctly (Clinger, "How to read floating point numbers accurately", PLDI 1990). Fractions of more
 * digits, as a double is written in full, are read by `decimal`, the rest by `numberOf`.
 */
export function readNumber(b: Uint8Array, from: number, to: number): number | undefined {
  let i = from;
  const negative = b[i] === 45;
  if (negative) i++;
  const first = i;
  let mantissa = 0;
  let digits = 0;
  let exponent = 0;
  for (; i < to; i++, digits++) {
    const digit = b[i]! - 48;
    if (digit < 0 || digit > 9) break;
    mantissa = mantissa * 10 + digit;
  }
  if (i < to && b[i] === 46) {
    const point = ++i;
    for (; i < to; i++, digits++) {
      const digit = b[i]! - 48;
      if (digit < 0 || digit > 9) break;
      mantissa = mantissa * 10 + digit;
    }
    exponent = point - i;
  }
  const mark = i;
  if (digits > 0 && i < to && (b[i]! | 32) === 101) {
    i++;
    const sign = b[i];
    if (sign === 45 || sign === 43) i++;
    const begin = i;
    let power = 0;
    for (; i < to && i < begin + 4; i++) {
      const digit = b[i]! - 48;
      if (digit < 0 || digit > 9) break;
      power = power * 10 + digit;
    }
    exponent = i === begin ? NaN : exponent + (sign === 45 ? -power : power);
  }
  if (i === to && digits > 0) {
    let value = NaN;
    if (mantissa < exact && exponent >= -22 && exponent <= 22) {
      value = exponent < 0 ? mantissa / powers[-exponent]! : mantissa * powers[exponent]!;
    } else if (exponent < 0) value = decimal(b, first, mark, exponent);
    if (!Number.isNaN(value)) return negative ? -value : value;
  }
  return numberOf(Buffer.from(b.buffer, b.byteOffset + from, to - from).toString('latin1'));
}
