/** A column, or with mask 0 a single value that stands for a column of it: element i is values[i & mask]. */
export interface Operand {
  readonly values: Float64Array;
  readonly mask: 0 | -1;
}

/** Fills out[0 .. n) from the operands' elements of the same number; `out` may be one of them. */
export type Loop = (out: Float64Array, n: number, ...operands: Operand[]) => void;

export const columnOperand = (values: Float64Array): Operand => ({ values, mask: -1 });
export const scalarOperand = (value: number): Operand => ({ values: Float64Array.of(value), mask: 0 });

/** Whether a number counts as true where a condition is wanted: not 0 and not NaN. */
export const isTrue = (value: number): boolean => value < 0 || value > 0;
