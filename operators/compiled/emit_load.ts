import type { Precision } from '../expressions/precision.js';
import { address, at, halvesOf, simd, VECTOR } from './instructions.js';

/** How a column of the program lies in memory. */
export type Stored = 'f64' | 'f32' | 'u16' | 'u8';

/**
 * Four elements of a column from `event` on as singles, or the two of `half` as doubles: the first two, or those after
 * them.
 */
export const load = (array: number, stored: Stored, event: number, type: Precision, half: 0 | 1): number[] =>
  type === 'f64' ? doubles(array, stored, event, half) : singles(array, stored, event);

function doubles(array: number, stored: Stored, event: number, half: 0 | 1): number[] {
  switch (stored) {
    case 'f64':
      return [...address(array, event, 3), ...simd(VECTOR.load), ...at(3, 16 * half)];
    case 'f32':
      // Two singles, each to the double that it is.
      return [...address(array, event, 2), ...simd(VECTOR.load64Zero), ...at(2, 8 * half), ...simd(VECTOR.promoteLow)];
    case 'u16':
      return [
        ...[...address(array, event, 1), ...simd(VECTOR.load32Zero), ...at(1, 4 * half)],
        ...[...simd(VECTOR.extendLowUnsigned16), ...simd(VECTOR.doublesOfWords32)],
      ];
    case 'u8':
      return [
        ...[...address(array, event, 0), ...simd(VECTOR.load16Splat), ...at(0, 2 * half)],
        ...[...simd(VECTOR.extendLowUnsigned8), ...simd(VECTOR.extendLowUnsigned16), ...simd(VECTOR.doublesOfWords32)],
      ];
  }
}

function singles(array: number, stored: Stored, event: number): number[] {
  if (stored === 'f32') return [...address(array, event, 2), ...simd(VECTOR.load), ...at(2)];
  const rounded = ([0, 1] as const).flatMap((half) => [
    ...[...doubles(array, stored, event, half), ...simd(VECTOR.demoteZero)],
  ]);
  return [...rounded, ...halvesOf(0)];
}
