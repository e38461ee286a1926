/** Of the numbers that formulas compute with: doubles, or singles where each operation is rounded to 24 bits. */
export type Precision = 'f64' | 'f32';

/** Columns of that precision: what is written into one is rounded to it. */
export const COLUMNS = { f64: Float64Array, f32: Float32Array } as const;

/** A number as it is in that precision. */
export const rounded = (value: number, precision: Precision): number =>
  precision === 'f32' ? Math.fround(value) : value;
