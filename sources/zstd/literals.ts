import { expandHuffman, readHuffman, type HuffmanTable } from './huffman.js';

/** What blocks of a frame hand on to those that follow. */
export interface LiteralsState {
  huffman: HuffmanTable | undefined;
}

/** Most bytes of a block, on either side. */
export const blockLimit = 1 << 17;

function part(bytes: Uint8Array, from: number, to: number): Uint8Array {
  if (to > bytes.length) throw new Error('ZSTD literals are cut off');
  return bytes.subarray(from, to);
}

/** The literals that a block begins with, and the byte after them (RFC 8878, 3.1.1.3.1). */
export function readLiterals(block: Uint8Array, state: LiteralsState): { literals: Uint8Array; end: number } {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0] = block;
  const type = b0 & 3;
  const format = (b0 >> 2) & 3;
  if (type < 2) {
    const header = format % 2 === 0 ? 1 : format === 1 ? 2 : 3;
    const size = header === 1 ? b0 >> 3 : (b0 >> 4) | (b1 << 4) | (header === 3 ? b2 << 12 : 0);
    if (size > blockLimit) throw new Error('ZSTD block is too large');
    if (type === 0) return { literals: part(block, header, header + size), end: header + size };
    const [value] = part(block, header, header + 1);
    return { literals: new Uint8Array(size).fill(value!), end: header + 1 };
  }
  const header = Math.max(3, format + 2);
  const width = [10, 10, 14, 18][format]!;
  const head =
    (b0 >> 4) + b1 * 2 ** 4 + b2 * 2 ** 12 + (header > 3 ? b3 * 2 ** 20 : 0) + (header > 4 ? b4 * 2 ** 28 : 0);
  const size = head % 2 ** width;
  const end = header + Math.floor(head / 2 ** width);
  if (size > blockLimit) throw new Error('ZSTD block is too large');
  let coded = part(block, header, end);
  if (type === 2) {
    const { table, end: begin } = readHuffman(coded);
    state.huffman = table;
    coded = coded.subarray(begin);
  }
  if (state.huffman === undefined) throw new Error('ZSTD literals without a table');
  const literals = new Uint8Array(size);
  if (format === 0) expandHuffman(state.huffman, coded, literals);
  else expandFour(state.huffman, coded, literals);
  return { literals, end };
}

/** Four streams, each of which gives a quarter; the first three have their lengths in front. */
function expandFour(table: HuffmanTable, coded: Uint8Array, out: Uint8Array): void {
  if (coded.length < 6) throw new Error('ZSTD literals are cut off');
  const quarter = (out.length + 3) >> 2;
  if (3 * quarter > out.length) throw new Error('ZSTD literals are damaged');
  let at = 6;
  for (let i = 0; i < 4; i++) {
    const end = i < 3 ? at + (coded[2 * i]! | (coded[2 * i + 1]! << 8)) : coded.length;
    expandHuffman(table, part(coded, at, end), out.subarray(i * quarter, i < 3 ? (i + 1) * quarter : out.length));
    at = end;
  }
}
