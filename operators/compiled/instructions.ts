import { signed, unsigned } from './module_bytes.js';

/** Instructions of WebAssembly as bytes, by their names in the specification (core specification 2.0, ch. 5.4). */
export const CORE = { block: 0x02, loop: 0x03, if: 0x04, end: 0x0b, br: 0x0c, brIf: 0x0d, call: 0x10 } as const;
export const EMPTY = 0x40;
export const I32 = { load: 0x28, store: 0x36, eqz: 0x45, lessUnsigned: 0x49, add: 0x6a, multiply: 0x6c, left: 0x74 };
export const I64_EQZ = 0x50;
export const SCALAR = { promote: 0xbb, demote: 0xb6 };

const SIMD = 0xfd;
/** Those that are no operation on lanes (lanes.ts). */
export const VECTOR = {
  ...{ load: 0x00, load16Splat: 0x08, store: 0x0b, constant: 0x0c, shuffle: 0x0d, load32Zero: 0x5c, load64Zero: 0x5d },
  ...{ splatWords32: 0x11, splatDoubles: 0x14, extract32: 0x1b, replace32: 0x1c, extract64: 0x1d },
  ...{ extractSingle: 0x1f, replaceSingle: 0x20, extractDouble: 0x21, replaceDouble: 0x22, anyTrue: 0x53 },
  ...{ demoteZero: 0x5e, promoteLow: 0x5f },
  ...{ extendLowUnsigned8: 0x89, extendLowUnsigned16: 0xa9, truncateToWords32: 0xfc, doublesOfWords32: 0xfe },
} as const;

export const get = (local: number): number[] => [0x20, ...unsigned(local)];
export const set = (local: number): number[] => [0x21, ...unsigned(local)];
export const simd = (opcode: number): number[] => [SIMD, ...unsigned(opcode)];
export const i32 = (value: number): number[] => [0x41, ...signed(value)];
/** Alignment (a power of two) and offset of a load or a store. */
export const at = (alignment: number, offset = 0): number[] => [alignment, ...unsigned(offset)];

const bytesOf = (bits: bigint): number[] => Array.from({ length: 8 }, (_, i) => Number((bits >> BigInt(8 * i)) & 255n));
export const constant = (low: bigint, high = low): number[] => [
  ...simd(VECTOR.constant),
  ...bytesOf(low),
  ...bytesOf(high),
];

const LOW = [0, 1, 2, 3, 4, 5, 6, 7];
const HIGH = LOW.map((byte) => byte + 8);
/** Of two vectors on the stack, the lower or the upper halves side by side. */
export const halvesOf = (half: 0 | 1): number[] => {
  const bytes = half === 0 ? LOW : HIGH;
  return [...simd(VECTOR.shuffle), ...bytes, ...bytes.map((byte) => byte + 16)];
};

/** Address of element `event` of an array of 2^shift bytes each. */
export const address = (array: number, event: number, shift: number): number[] => [
  ...get(array),
  ...[...get(event), ...i32(shift), I32.left],
  I32.add,
];
