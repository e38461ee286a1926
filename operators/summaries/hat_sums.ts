import { addNarrow, exactSums, mergeSums, reserve, settleSums, sumAt, WIDTH, type ExactSums } from './exact_sum.js';
import type { Rows, Summary } from './summary.js';

export interface HatSumsConfig {
  /** Number of basis functions p. */
  readonly size: number;
  /** Basis functions that are not 0 at one event. */
  readonly terms: number;
  readonly groups: number;
}

/** By group: Σ v x_a at group · size + a. */
export interface HatSumsState extends HatSumsConfig {
  readonly sums: ExactSums;
}

/**
 * Sums over sparse rows, the vector X' v of normal equations, by group. Columns: the indices of the `terms` basis
 * functions that are not 0 at the event, their values in [0, 1], then v (|v| ≤ 2^31).
 */
export const hatSums: Summary<HatSumsConfig, HatSumsState> = {
  name: 'hat_sums',
  columns: ({ terms }) => 2 * terms + 1,
  create: ({ size, terms, groups }) => ({ size, terms, groups, sums: exactSums(groups * size, 'narrow') }),
  fill(state: HatSumsState, { length, columns, group }: Rows) {
    const { size, terms, sums } = state;
    const v = columns[2 * terms]!;
    reserve(sums, length * terms);
    const first = new Int32Array(length);
    if (group !== null) for (let i = 0; i < length; i++) first[i] = group[i]! * size;
    for (let j = 0; j < terms; j++) addTerm(sums.limbs, first, columns[j]!, columns[terms + j]!, v, length);
  },
  merge(into, from) {
    if ((['size', 'terms', 'groups'] as const).some((key) => into[key] !== from[key])) {
      throw new RangeError('summaries of different configurations cannot be merged');
    }
    mergeSums(into.sums, from.sums);
  },
  settle(state) {
    settleSums(state.sums);
  },
};

/** Adds value · v of each event to the sum at first + index. */
function addTerm(
  limbs: Float64Array,
  first: Int32Array,
  index: Float64Array,
  value: Float64Array,
  v: Float64Array,
  length: number,
): void {
  for (let i = 0; i < length; i++) {
    addNarrow(limbs, (first[i]! + (index[i]! | 0)) * WIDTH.narrow, value[i]! * v[i]!);
  }
}

/** The vector of a group. */
export const sumVector = ({ size, sums }: HatSumsState, group: number): Float64Array =>
  Float64Array.from({ length: size }, (_, a) => sumAt(sums, group * size + a));
