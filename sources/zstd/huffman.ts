import { bitsAt, bitsOf, take } from './bits.js';
import { readFse } from './fse.js';

/** For every `log` bits: the symbol that they begin with (low byte) and how many of them it takes (high byte). */
export interface HuffmanTable {
  readonly log: number;
  readonly entries: Uint16Array;
}

const mostBits = 11;

/** Weights coded by two states in turn (RFC 8878, 4.2.1.2). */
function codedWeights(bytes: Uint8Array): number[] {
  const { table, end } = readFse(bytes, 0, { log: 6, symbols: 256 });
  const bits = bitsOf(bytes.subarray(end));
  let one = take(bits, table.log);
  let other = take(bits, table.log);
  const weights: number[] = [];
  while (weights.length < 254) {
    weights.push(table.symbols[one]!);
    const more = table.bits[one]!;
    if (bits.left < more) return [...weights, table.symbols[other]!];
    const next = table.base[one]! + take(bits, more);
    one = other;
    other = next;
  }
  throw new Error('ZSTD Huffman weights do not end');
}

/** The table of weights, of which the last one follows from the others (RFC 8878, 4.2.1). */
function huffmanTable(weights: readonly number[]): HuffmanTable {
  let sum = 0;
  for (const weight of weights) {
    if (weight > mostBits) throw new Error('ZSTD Huffman weights are damaged');
    sum += weight === 0 ? 0 : 2 ** (weight - 1);
  }
  const log = 32 - Math.clz32(sum);
  const rest = (1 << log) - sum;
  if (sum === 0 || log > mostBits || (rest & (rest - 1)) !== 0) throw new Error('ZSTD Huffman weights are damaged');
  const all = [...weights, 32 - Math.clz32(rest)];
  const entries = new Uint16Array(1 << log);
  let at = 0;
  for (let weight = 1; weight <= log; weight++) {
    for (let symbol = 0; symbol < all.length; symbol++) {
      if (all[symbol] !== weight) continue;
      const end = at + (1 << (weight - 1));
      entries.fill(symbol | ((log + 1 - weight) << 8), at, end);
      at = end;
    }
  }
  return { log, entries };
}

/** A table as a block describes it, and the byte after it. */
export function readHuffman(bytes: Uint8Array): { table: HuffmanTable; end: number } {
  const [first = 0] = bytes;
  const end = first < 128 ? 1 + first : 1 + ((first - 126) >> 1);
  if (bytes.length < end) throw new Error('ZSTD Huffman weights are cut off');
  if (first < 128) return { table: huffmanTable(codedWeights(bytes.subarray(1, end))), end };
  const weights = Array.from({ length: first - 127 }, (_, i) => (bytes[1 + (i >> 1)]! >> (i % 2 === 0 ? 4 : 0)) & 15);
  return { table: huffmanTable(weights), end };
}

/** Fills `out` with symbols; the stream has to end with the last of them. */
export function expandHuffman({ log, entries }: HuffmanTable, stream: Uint8Array, out: Uint8Array): void {
  let { left } = bitsOf(stream);
  for (let i = 0; i < out.length; i++) {
    const at = left - log;
    const entry = entries[at >= 0 ? bitsAt(stream, at, log) : bitsAt(stream, 0, left) << -at]!;
    left -= entry >> 8;
    if (left < 0) throw new Error('ZSTD literals are cut off');
    out[i] = entry & 255;
  }
  if (left !== 0) throw new Error('ZSTD literals are damaged');
}
