import { wrongSample } from '../problem.js';
import { exactSums, mergeSums, settleSums, sumAt, type ExactSums } from './exact_sum.js';
import { addProducts, emptySquare, gather, RUN } from './hat_square.js';
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

/** Where the sums of row a of the upper triangle begin, less a. */
const rowStarts = (size: number): Int32Array =>
  Int32Array.from({ length: size }, (_, a) => a * size - (a * (a - 1)) / 2 - a);

export const triangle = (size: number): number => (size * (size + 1)) / 2;

/** Events whose terms are brought side by side at a time; a divisor of RUN. */
const BLOCK = 256;
/** A square of sums, row a and column b from terms in this order; empty between fills. */
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
    const { size, terms, groups, n, sums } = state;
    if (scratch.length < size * size) scratch = new Float64Array(size * size);
    const weight = columns[2 * terms]!;
    // Before anything is added, since the scratch is shared.
    for (let i = 0; i < length; i++) {
      const u = weight[i]!;
      if (!(u >= 0 && u <= 1)) throw wrongSample(`local model: weight ${u} of an event is outside [0, 1]`);
    }
    const { order, ends } = byGroup(group, length, groups);
    const block = { indices: new Int32Array(BLOCK * terms), values: new Float64Array(BLOCK * terms) };
    const starts = rowStarts(size);
    const touched = new Uint8Array(size);
    for (let g = 0, from = 0; g < groups; g++) {
      const end = ends[g]!;
      n[g]! += end - from;
      for (let run = BLOCK; from < end; run += BLOCK) {
        const to = Math.min(end, from + BLOCK);
        for (let j = 0; j < terms; j++) {
          gather(columns[j]!, order, from, to, block.indices, j, terms);
          gather(columns[terms + j]!, order, from, to, block.values, j, terms);
        }
        for (let at = 0; at < (to - from) * terms; at++) touched[block.indices[at]!] = 1;
        for (let i = from; i < to; i++) {
          const first = (i - from) * terms;
          addProducts(scratch, size, weight[order[i]!]!, block.indices, block.values, first, first + terms);
        }
        if (to === end || run % RUN === 0) {
          emptySquare(scratch, touched, sums, g * triangle(size), starts);
          touched.fill(0);
        }
        from = to;
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

/** Events in the order of their groups, and where each group ends. */
function byGroup(group: Uint16Array | null, length: number, groups: number): { order: Int32Array; ends: Int32Array } {
  const order = new Int32Array(length);
  const ends = new Int32Array(groups);
  if (group === null) {
    for (let i = 0; i < length; i++) order[i] = i;
    return { order, ends: ends.fill(length) };
  }
  for (let i = 0; i < length; i++) ends[group[i]!]!++;
  for (let g = 0, sum = 0; g < groups; g++) [ends[g], sum] = [sum, sum + ends[g]!];
  for (let i = 0; i < length; i++) order[ends[group[i]!]!++] = i;
  return { order, ends };
}

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
