import { readNumber } from './number.js';

const quote = 34;

/** Where each field of a row lies, the quotes around it left out: begin and end in turn. */
export interface Fields {
  readonly limits: Int32Array;
  count: number;
}

export const fieldsFor = (most: number): Fields => ({ limits: new Int32Array(2 * most), count: 0 });

/**
 * Splits the line from ≤ byte < to (RFC 4180, except that a quoted field ends on its own line). `count` is the number of
 * fields, -1 if a quote is not closed, and may exceed the room for limits: what lies beyond is counted only.
 */
export function splitRow(b: Uint8Array, from: number, to: number, delimiter: number, into: Fields): void {
  const { limits } = into;
  let at = from;
  into.count = 0;
  for (;;) {
    let begin = at;
    let end: number;
    if (b[at] === quote && at < to) {
      begin = ++at;
      for (; at < to && (b[at] !== quote || b[at + 1] === quote); at++) if (b[at] === quote) at++;
      end = at++;
      if (end >= to || (at < to && b[at] !== delimiter)) {
        into.count = -1;
        return;
      }
    } else {
      while (at < to && b[at] !== delimiter) at++;
      end = at;
    }
    if (2 * into.count < limits.length) {
      limits[2 * into.count] = begin;
      limits[2 * into.count + 1] = end;
    }
    into.count++;
    if (at >= to) return;
    at++;
  }
}

/** The number in a field of a row, undefined if it holds none. */
export const numberIn = (b: Uint8Array, { limits }: Fields, field: number): number | undefined =>
  readNumber(b, limits[2 * field]!, limits[2 * field + 1]!);

/** The text of a field. */
export const textIn = (b: Buffer, { limits }: Fields, field: number): string =>
  b.toString('utf8', limits[2 * field], limits[2 * field + 1]).replaceAll('""', '"');
