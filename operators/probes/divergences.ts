import { divergenceTerm } from './jensen_shannon.js';

/**
 * Bin counts of features, nominal and perturbed, and the Jensen–Shannon divergence of each feature as an exact sum of
 * its bins' terms: a term is rounded once, to 2^-96, and kept as a multiple of 2^-52 and a rest; both are added without
 * error. So a divergence is a function of the counts alone, whatever moves led to them, and is known in O(1) after a
 * move from one bin to another.
 */
export interface Divergences {
  readonly n: number;
  /** Slots of feature j are at [first[j], first[j + 1]). */
  readonly first: Int32Array;
  readonly nominal: Int32Array;
  readonly counts: Int32Array;
  /** By slot: the change of the divergence (multiple and rest) by one value more, and by one value less. */
  readonly more: Float64Array;
  readonly less: Float64Array;
  /** By feature: the divergence, multiple and rest. */
  readonly sum: Float64Array;
}

/**
 * Adding it and taking it away again rounds a term (at most ½) to 2^-52, and what that leaves (at most 2^-53) to 2^-96:
 * 2^10 such rests, one a slot, add up without error.
 */
const COARSE = 1.5;
const FINE = 1.5 * 2 ** -44;

/** Of features with `sizes[j]` slots, each event in slot `slots[j][i]`. */
export function newDivergences(slots: readonly Uint16Array[], sizes: readonly number[]): Divergences {
  const first = new Int32Array(sizes.length + 1);
  sizes.forEach((size, j) => (first[j + 1] = first[j]! + size));
  const total = first[sizes.length]!;
  const nominal = new Int32Array(total);
  slots.forEach((column, j) => {
    for (const slot of column) nominal[first[j]! + slot]!++;
  });
  const state = {
    n: slots[0]?.length ?? 0,
    first,
    nominal,
    counts: nominal.slice(),
    more: new Float64Array(2 * total),
    less: new Float64Array(2 * total),
    sum: new Float64Array(2 * sizes.length),
  };
  for (let at = 0; at < total; at++) tabulate(state, at);
  return state;
}

/** The divergence of feature j if a value moved from slot `from` to slot `to`. */
export function divergenceAfter(state: Divergences, j: number, from: number, to: number): number {
  const { sum, more, less } = state;
  if (from === to) return sum[2 * j]! + sum[2 * j + 1]!;
  const a = 2 * (state.first[j]! + from);
  const b = 2 * (state.first[j]! + to);
  return sum[2 * j]! + (less[a]! + more[b]!) + (sum[2 * j + 1]! + (less[a + 1]! + more[b + 1]!));
}

/** Moves a value of feature j from slot `from` to slot `to`. */
export function moveValue(state: Divergences, j: number, from: number, to: number): void {
  if (from === to) return;
  const { sum, more, less, counts } = state;
  const a = state.first[j]! + from;
  const b = state.first[j]! + to;
  sum[2 * j]! += less[2 * a]! + more[2 * b]!;
  sum[2 * j + 1]! += less[2 * a + 1]! + more[2 * b + 1]!;
  counts[a]!--;
  counts[b]!++;
  tabulate(state, a);
  tabulate(state, b);
}

function tabulate({ n, nominal, counts, more, less }: Divergences, at: number): void {
  const p = nominal[at]! / n;
  const q = counts[at]!;
  const now = divergenceTerm(p, q / n);
  put(more, at, divergenceTerm(p, (q + 1) / n), now);
  put(less, at, q > 0 ? divergenceTerm(p, (q - 1) / n) : now, now);
}

function put(table: Float64Array, at: number, then: number, now: number): void {
  const a = then + COARSE - COARSE;
  const b = now + COARSE - COARSE;
  table[2 * at] = a - b;
  table[2 * at + 1] = then - a + FINE - FINE - (now - b + FINE - FINE);
}
