import { address, at, simd, VECTOR } from './instructions.js';

/** How a column of the program lies in memory. */
export type Stored = 'f64' | 'f32' | 'u16' | 'u8';

/** Element `event` of a column and the one after it, as two doubles. */
export function load(array: number, stored: Stored, event: number): number[] {
  switch (stored) {
    case 'f64':
      return [...address(array, event, 3), ...simd(VECTOR.load), ...at(3)];
    case 'f32':
      // Two singles, each to the double that it is.
      return [...address(array, event, 2), ...simd(VECTOR.load64Zero), ...at(2), ...simd(VECTOR.promoteLow)];
    case 'u16':
      return [
        ...[...address(array, event, 1), ...simd(VECTOR.load32Zero), ...at(1)],
        ...[...simd(VECTOR.extendLowUnsigned16), ...simd(VECTOR.doublesOfWords32)],
      ];
    case 'u8':
      return [
        ...[...address(array, event, 0), ...simd(VECTOR.load16Splat), ...at(0), ...simd(VECTOR.extendLowUnsigned8)],
        ...[...simd(VECTOR.extendLowUnsigned16), ...simd(VECTOR.doublesOfWords32)],
      ];
  }
}
