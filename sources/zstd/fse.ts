import { bitsAt } from './bits.js';

/** A table of finite state entropy: from a state its symbol, and the next state as `base` + so many `bits`. */
export interface FseTable {
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly base: Uint16Array;
}

/** The table of normalised counts that sum up to 2^log; -1 stands for "less than one" (RFC 8878, 4.1.1). */
export function fseTable(counts: readonly number[], log: number): FseTable {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  const next = counts.map((count) => Math.abs(count));
  let high = size - 1;
  counts.forEach((count, symbol) => {
    if (count === -1) symbols[high--] = symbol;
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  counts.forEach((count, symbol) => {
    for (let i = 0; i < count; i++) {
      symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at > high);
    }
  });
  const bits = new Uint8Array(size);
  const base = new Uint16Array(size);
  for (let state = 0; state < size; state++) {
    const x = next[symbols[state]!]!++;
    bits[state] = log - (31 - Math.clz32(x));
    base[state] = (x << bits[state]!) - size;
  }
  return { log, symbols, bits, base };
}

/** A table of one symbol that takes no bits. */
export const constantTable = (symbol: number): FseTable => ({
  log: 0,
  symbols: Uint8Array.of(symbol),
  bits: new Uint8Array(1),
  base: new Uint16Array(1),
});

/** A table as a block describes it, and the byte after it. Throws unless its counts fill it. */
export function readFse(
  bytes: Uint8Array,
  from: number,
  limits: { readonly log: number; readonly symbols: number },
): { table: FseTable; end: number } {
  let at = 8 * from;
  const log = bitsAt(bytes, at, 4) + 5;
  at += 4;
  if (log > limits.log) throw new Error('ZSTD table is too large');
  const counts: number[] = [];
  let left = 1 << log;
  while (left > 0) {
    // A count from -1 to `left`: the lower ones take a bit less, so that no code is wasted.
    const width = 32 - Math.clz32(left + 1);
    const short = (1 << width) - 2 - left;
    const low = bitsAt(bytes, at, width - 1);
    let value = low;
    if (low < short) at += width - 1;
    else {
      value = bitsAt(bytes, at, width);
      if (value >= 1 << (width - 1)) value -= short;
      at += width;
    }
    counts.push(value - 1);
    left -= Math.abs(value - 1);
    for (let more = value === 1 ? 3 : 0; more === 3; at += 2) {
      more = bitsAt(bytes, at, 2);
      for (let i = 0; i < more; i++) counts.push(0);
      if (counts.length > limits.symbols) break;
    }
    if (counts.length > limits.symbols || at > 8 * bytes.length) throw new Error('ZSTD table is damaged');
  }
  if (left < 0) throw new Error('ZSTD table is damaged');
  return { table: fseTable(counts, log), end: Math.ceil(at / 8) };
}
