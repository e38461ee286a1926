import { wrongSample } from '../problem.js';
import { addNarrow, exactSums, mergeSums, reserve, settleSums, sumAt, WIDTH, type ExactSums } from './exact_sum.js';
import type { Rows, Summary } from './summary.js';

export interface HatProductsConfig {
  /** Number of basis functions p. */
  readonly size: number;
  /** Basis functions that are not 0 at one event. */
  readonly terms: number;
  readonly groups: number;
}

/** By group: n, and for a ≤ b the sum Σ u x_a x_b at `rows[a] + b` of the group's size (size + 1) / 2 sums. */
export interface HatProductsState extends HatProductsConfig {
  readonly n: Float64Array;
  readonly sums: ExactSums;
}

/** Terms are rounded to 2^-40: 2^12 of them, each at most 1, add up without error in a double. */
const ROUND = 1.5 * 2 ** 12;
const RUN = 2 ** 12;

/** Where the sums of row a of the upper triangle begin, less a. */
const rowStarts = (size: number): Int32Array =>
  Int32Array.from({ length: size }, (_, a) => a * size - (a * (a - 1)) / 2 - a);

export const triangle = (size: number): number => (size * (size + 1)) / 2;

let scratch = new Float64Array(0);

/**
 * Products of sparse rows, the matrix X' U X of normal equations: an event has `terms` basis functions with values
 * x in [0, 1], and a weight u in [0, 1]. Columns: the indices of the functions (whole numbers below `size`, several
 * may be the same), then their values, then u. Each product is rounded to 2^-40 and summed exactly.
 */
export const hatProducts: Summary<HatProductsConfig, HatProductsState> = {
  name: 'hat_products',
  columns: ({ terms }) => 2 * terms + 1,
  create: ({ size, terms, groups }) => ({
    size,
    terms,
    groups,
    n: new Float64Array(groups),
    sums: exactSums(groups * triangle(size), 'narrow'),
  }),
  fill(state: HatProductsState, { length, columns, group }: Rows) {
    const { size, terms, n, sums } = state;
    const starts = rowStarts(size);
    const stride = triangle(size);
    const count = state.groups * stride;
    if (scratch.length < count) scratch = new Float64Array(count);
    const index = columns.slice(0, terms);
    const value = columns.slice(terms, 2 * terms);
    const weight = columns[2 * terms]!;
    const indices = new Int32Array(terms);
    const values = new Float64Array(terms);
    // Before anything is added, since the scratch is shared.
    for (let i = 0; i < length; i++) {
      const u = weight[i]!;
      if (!(u >= 0 && u <= 1)) throw wrongSample(`local model: weight ${u} of an event is outside [0, 1]`);
    }
    for (let from = 0; from < length; from += RUN) {
      const to = Math.min(length, from + RUN);
      for (let i = from; i < to; i++) {
        const g = group === null ? 0 : group[i]!;
        const at = g * stride;
        const u = weight[i]!;
        n[g]!++;
        for (let j = 0; j < terms; j++) {
          indices[j] = index[j]![i]!;
          values[j] = value[j]![i]!;
        }
        for (let j = 0; j < terms; j++) {
          const a = indices[j]!;
          const row = at + starts[a]!;
          const ux = u * values[j]!;
          scratch[row + a]! += ux * values[j]! + ROUND - ROUND;
          for (let k = j + 1; k < terms; k++) {
            const b = indices[k]!;
            // Off the diagonal of the terms a product stands for two, which fall on one place where a = b.
            const product = a === b ? 2 * ux * values[k]! : ux * values[k]!;
            scratch[a <= b ? row + b : at + starts[b]! + a]! += product + ROUND - ROUND;
          }
        }
      }
      reserve(sums, 1);
      for (let s = 0; s < count; s++) {
        if (scratch[s] === 0) continue;
        addNarrow(sums.limbs, s * WIDTH.narrow, scratch[s]!);
        scratch[s] = 0;
      }
    }
  },
  merge(into, from) {
    if ((['size', 'terms', 'groups'] as const).some((key) => into[key] !== from[key])) {
      throw new RangeError('summaries of different configurations cannot be merged');
    }
    for (let g = 0; g < into.groups; g++) into.n[g]! += from.n[g]!;
    mergeSums(into.sums, from.sums);
  },
  settle(state) {
    settleSums(state.sums);
  },
};

/** The symmetric matrix of a group, row-major. */
export function productMatrix(state: HatProductsState, group: number): Float64Array {
  const { size, sums } = state;
  const out = new Float64Array(size * size);
  let at = group * triangle(size);
  for (let a = 0; a < size; a++) {
    for (let b = a; b < size; b++) out[a * size + b] = out[b * size + a] = sumAt(sums, at++);
  }
  return out;
}
