/** Doubles, or singles, to which what is written into them is rounded. */
export type Numbers = Float64Array | Float32Array;

/** A column, or with mask 0 a single value that stands for a column of it: element i is values[i & mask]. */
export interface Operand {
  readonly values: Numbers;
  readonly mask: 0 | -1;
}

/** Fills out[0 .. n) from the operands' elements of the same number; `out` may be one of them. */
export type Loop = (out: Numbers, n: number, ...operands: Operand[]) => void;

export const columnOperand = (values: Numbers): Operand => ({ values, mask: -1 });
export const scalarOperand = (value: number): Operand => ({ values: Float64Array.of(value), mask: 0 });

/** Whether a number counts as true where a condition is wanted: not 0 and not NaN. */
export const isTrue = (value: number): boolean => value < 0 || value > 0;
