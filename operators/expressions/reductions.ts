import type { Numbers } from './loop.js';

/** Fills out[0 .. n): element i from the list values[offsets[i] .. offsets[i + 1]). */
export type Reduction = (out: Numbers, n: number, values: Numbers, offsets: Int32Array) => void;

/**
 * The functions of one list. Empty: sum and count 0, min and max NaN. NaN in, NaN out, but for count.
 * `true_count` is count for a list of truth values.
 */
export const REDUCTIONS = {
  sum: (out, n, values, offsets) => {
    for (let i = 0; i < n; i++) {
      const end = offsets[i + 1]!;
      let sum = 0;
      for (let k = offsets[i]!; k < end; k++) sum += values[k]!;
      out[i] = sum;
    }
  },
  count: (out, n, _values, offsets) => {
    for (let i = 0; i < n; i++) out[i] = offsets[i + 1]! - offsets[i]!;
  },
  true_count: (out, n, values, offsets) => {
    for (let i = 0; i < n; i++) {
      const end = offsets[i + 1]!;
      let count = 0;
      for (let k = offsets[i]!; k < end; k++) if (values[k] !== 0) count++;
      out[i] = count;
    }
  },
  min: (out, n, values, offsets) => {
    for (let i = 0; i < n; i++) {
      const start = offsets[i]!;
      const end = offsets[i + 1]!;
      let least = start < end ? Infinity : NaN;
      for (let k = start; k < end; k++) least = Math.min(least, values[k]!);
      out[i] = least;
    }
  },
  max: (out, n, values, offsets) => {
    for (let i = 0; i < n; i++) {
      const start = offsets[i]!;
      const end = offsets[i + 1]!;
      let greatest = start < end ? -Infinity : NaN;
      for (let k = start; k < end; k++) greatest = Math.max(greatest, values[k]!);
      out[i] = greatest;
    }
  },
} satisfies Record<string, Reduction>;

/** out[i] = element `index` of list i, from the end if negative; NaN if the list is shorter. */
export function elements(out: Numbers, n: number, values: Numbers, offsets: Int32Array, index: number): void {
  for (let i = 0; i < n; i++) {
    const start = offsets[i]!;
    const end = offsets[i + 1]!;
    const k = index < 0 ? end + index : start + index;
    out[i] = k >= start && k < end ? values[k]! : NaN;
  }
}
