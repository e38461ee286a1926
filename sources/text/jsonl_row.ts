import { withRoom, type ColumnBuffer } from '../buffers.js';
import { numberOf } from './number.js';

export type Row = Readonly<Record<string, unknown>>;

const exact = 2 ** 53;

/** An integer that may exceed ±2^53: not a fraction, not an exponent, not the beginning of a decimal number. */
const large = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/;

/** Strings, to be left as they are, large integers, and the numbers that JSON has no word for. */
const special = new RegExp(`"(?:[^"\\\\]|\\\\.)*"|${large.source}|NaN|-?Infinity`, 'g');

function mended(token: string): string {
  if (token.startsWith('"')) return token;
  if (token.endsWith('Infinity')) return token.replace('Infinity', '1e999');
  return Number.isNaN(numberOf(token)) ? 'null' : token;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The object that a line holds; NaN and Infinity (which Python writes) are read as well. Undefined if there is none. */
export function rowOf(line: string): Row | undefined {
  let value = parsed(line);
  if (value === undefined || large.test(line)) value = parsed(line.replace(special, mended));
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : undefined;
}

/** A JSON value as a number: null and what is missing are NaN. Undefined if it is none. */
export function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (value === null || value === undefined) return NaN;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string') return undefined;
  const number = numberOf(value);
  return number !== undefined && (Number.isNaN(number) || Math.abs(number) === Infinity || Math.abs(number) <= exact)
    ? number
    : undefined;
}

/** Writes a value as event `at`; false if it is of another type than its column. */
export function writeValue(value: unknown, buffer: ColumnBuffer, at: number): boolean {
  if (!('offsets' in buffer)) {
    const number = numberIn(value);
    if (number === undefined) return false;
    buffer[at] = number;
    return true;
  }
  const list = value ?? [];
  if (!Array.isArray(list)) return false;
  const begin = buffer.offsets[at]!;
  const values = withRoom(buffer, begin + list.length);
  for (let k = 0; k < list.length; k++) {
    const number = numberIn(list[k]);
    if (number === undefined) return false;
    values[begin + k] = number;
  }
  buffer.offsets[at + 1] = begin + list.length;
  return true;
}
