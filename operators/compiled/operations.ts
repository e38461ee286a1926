import type { Precision } from '../expressions/precision.js';

const BITWISE = { not: 0x4d, and: 0x4e, andNot: 0x4f, or: 0x50, xor: 0x51, select: 0x52 } as const;

/**
 * Opcodes after the prefix 0xfd, of WebAssembly's fixed-width SIMD (core specification 2.0, ch. 5.4.8), on two doubles or
 * 64-bit words at a time, or on four singles or 32-bit words. Comparisons give words of all ones or all zeros; `select`
 * gives the bits of the first where the third has ones, else of the second. Arithmetic is IEEE 754, minimum and maximum
 * are those of Math.min and Math.max: lane by lane the bits of the plain evaluator.
 */
export const OPERATIONS = {
  f64: {
    ...{ add: 0xf0, sub: 0xf1, mul: 0xf2, div: 0xf3, min: 0xf4, max: 0xf5 },
    ...{ abs: 0xec, negative: 0xed, sqrt: 0xef, floor: 0x75 },
    ...{ eq: 0x47, lt: 0x49, gt: 0x4a, le: 0x4b, ge: 0x4c },
    ...{ addWords: 0xce, equalWords: 0xd6, ...BITWISE },
  },
  f32: {
    ...{ add: 0xe4, sub: 0xe5, mul: 0xe6, div: 0xe7, min: 0xe8, max: 0xe9 },
    ...{ abs: 0xe0, negative: 0xe1, sqrt: 0xe3, floor: 0x68 },
    ...{ eq: 0x41, lt: 0x43, gt: 0x44, le: 0x45, ge: 0x46 },
    ...{ addWords: 0xae, equalWords: 0x37, ...BITWISE },
  },
} as const satisfies Record<Precision, object>;

/** By a number of bits that is fixed. */
export const SHIFTS = { f64: { left: 0xcb, rightUnsigned: 0xcd }, f32: { left: 0xab, rightUnsigned: 0xad } } as const;

export type Operation = keyof (typeof OPERATIONS)['f64'];
export type Shift = keyof (typeof SHIFTS)['f64'];
