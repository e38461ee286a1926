import type { GrowingBytes } from '../growing_bytes.js';
import { bitsOf, take, type Bits } from './bits.js';
import { constantTable, fseTable, readFse, type FseTable } from './fse.js';
import { blockLimit } from './literals.js';

/** What blocks of a frame hand on to those that follow: the tables of lengths and offsets, and the last three offsets. */
export interface SequencesState {
  readonly tables: [FseTable?, FseTable?, FseTable?];
  readonly offsets: [number, number, number];
}

const repeat = (value: number, times: number): number[] => Array<number>(times).fill(value);

/** Default tables (RFC 8878, 3.1.1.3.2.2) of literal lengths, offsets and match lengths, in this order. */
const kinds = [
  {
    standard: fseTable([4, 3, ...repeat(2, 11), 1, 1, 1, ...repeat(2, 9), 3, 2, ...repeat(1, 5), ...repeat(-1, 4)], 6),
    limits: { log: 9, symbols: 36 },
  },
  {
    standard: fseTable([...repeat(1, 6), 2, 2, 2, ...repeat(1, 15), ...repeat(-1, 5)], 5),
    limits: { log: 8, symbols: 32 },
  },
  {
    standard: fseTable([1, 4, 3, ...repeat(2, 6), ...repeat(1, 37), ...repeat(-1, 7)], 6),
    limits: { log: 9, symbols: 53 },
  },
] as const;

/** Extra bits of a length code, and the first length that it stands for. */
const literalBits = Uint8Array.of(...repeat(0, 16), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
const matchBits = Uint8Array.of(
  ...[...repeat(0, 32), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
);

function firsts(bits: Uint8Array, first: number): Int32Array {
  let at = first;
  return Int32Array.from(bits, (count) => (at += 1 << count) - (1 << count));
}
const literalFirst = firsts(literalBits, 0);
const matchFirst = firsts(matchBits, 3);

/** Reads the tables of a block into the state; the byte after them. */
function readTables(bytes: Uint8Array, from: number, { tables }: SequencesState): number {
  const modes = bytes[from] ?? 0;
  if ((modes & 3) !== 0) throw new Error('ZSTD block uses reserved bits');
  let at = from + 1;
  kinds.forEach(({ standard, limits }, i) => {
    const mode = (modes >> (6 - 2 * i)) & 3;
    if (mode === 0) tables[i] = standard;
    else if (mode === 1) {
      const symbol = bytes[at++] ?? Infinity;
      if (symbol >= limits.symbols) throw new Error('ZSTD table is damaged');
      tables[i] = constantTable(symbol);
    } else if (mode === 2) ({ table: tables[i], end: at } = readFse(bytes, at, limits));
    else if (tables[i] === undefined) throw new Error('ZSTD block repeats no table');
  });
  return at;
}

/** The offset that a value stands for: one of the last three, or a new one (RFC 8878, 3.1.1.5). */
function offsetOf(value: number, literals: number, last: SequencesState['offsets']): number {
  const again = value > 3 ? 3 : literals === 0 ? value : value - 1;
  const offset = value > 3 ? value - 3 : again === 3 ? last[0] - 1 : last[again]!;
  if (again > 1) last[2] = last[1];
  if (again > 0) last[1] = last[0];
  last[0] = offset;
  return offset;
}

const extra = (bits: Bits, count: number): number =>
  count <= 16 ? take(bits, count) : take(bits, count - 16) * 2 ** 16 + take(bits, 16);

/** Writes what the sequences of a block make of its literals (RFC 8878, 3.1.1.3.2 and 3.1.1.4). */
export function expandSequences(
  section: Uint8Array,
  literals: Uint8Array,
  state: SequencesState,
  output: GrowingBytes,
): void {
  const [b0 = 0, b1 = 0, b2 = 0] = section;
  const count = b0 < 128 ? b0 : b0 < 255 ? ((b0 - 128) << 8) + b1 : b1 + (b2 << 8) + 0x7f00;
  let used = 0;
  if (section.length === 0) throw new Error('ZSTD block is cut off');
  if (count > 0) {
    const begin = readTables(section, b0 < 128 ? 1 : b0 < 255 ? 2 : 3, state);
    const [lengths, offsets, matches] = state.tables as [FseTable, FseTable, FseTable];
    const bits = bitsOf(section.subarray(begin));
    let l = take(bits, lengths.log);
    let o = take(bits, offsets.log);
    let m = take(bits, matches.log);
    const limit = output.length + blockLimit;
    for (let i = 0; i < count; i++) {
      const code = offsets.symbols[o]!;
      const value = 2 ** code + extra(bits, code);
      const match = matchFirst[matches.symbols[m]!]! + take(bits, matchBits[matches.symbols[m]!]!);
      const run = literalFirst[lengths.symbols[l]!]! + take(bits, literalBits[lengths.symbols[l]!]!);
      if (used + run > literals.length || output.length + run + match > limit) throw new Error('ZSTD block is damaged');
      output.write(literals, used, used + run);
      used += run;
      output.repeat(offsetOf(value, run, state.offsets), match);
      if (i === count - 1) break;
      l = lengths.base[l]! + take(bits, lengths.bits[l]!);
      m = matches.base[m]! + take(bits, matches.bits[m]!);
      o = offsets.base[o]! + take(bits, offsets.bits[o]!);
    }
    if (bits.left !== 0) throw new Error('ZSTD block is damaged');
  }
  output.write(literals, used, literals.length);
}
