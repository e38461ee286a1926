import { sumAt, type ExactSums } from './exact_sum.js';
import { slotsOf, type HistogramState } from './histogram.js';
import type { Tally } from './tally.js';

/**
 * linear: between the entries on either side of (n − 1) p (Hyndman & Fan's type 7, NumPy's default); with weights, of
 * p (Σw − Σw / n_eff), the same for equal weights.
 * passing: the first entry at which the running sum passes p Σw (their type 1, but for p n a whole number, where it is
 * the upper of the two entries): a value that an event has.
 */
export type QuantileDefinition = 'linear' | 'passing';

/** What a slot holds: a number of entries, or their Σw. */
export type Entries = (slot: number) => number;

/** A slot of a row of slots, what lies before it, and what it holds. */
export interface Found {
  readonly slot: number;
  readonly before: number;
  readonly entry: number;
}

export const entriesOf = ({ n, w }: Pick<Tally, 'n' | 'w'>, first: number): Entries =>
  w === null ? (slot) => n[first + slot]! : (slot) => (n[first + slot] === 0 ? 0 : sumAt(w, first + slot));

/** The first slot whose running sum passes `rank`; the last that holds something if none does; slot −1 if none does. */
export function locate(at: Entries, slots: number, rank: number): Found {
  let last = -1;
  let before = 0;
  let sum = 0;
  for (let slot = 0; slot < slots && !(last >= 0 && sum > rank); slot++) {
    const entry = at(slot);
    if (entry === 0) continue;
    last = slot;
    before = sum;
    sum += entry;
  }
  return last < 0 ? { slot: last, before: 0, entry: 0 } : { slot: last, before, entry: at(last) };
}

/** The next slot that holds something, from `start` on; undefined if there is none. */
export function nextSlot(at: Entries, slots: number, start: number): number | undefined {
  for (let slot = start; slot < slots; slot++) if (at(slot) !== 0) return slot;
  return undefined;
}

/**
 * Where quantile p of a group lies in the running sum of its entries, flow bins included; NaN entries take no part.
 * NaN: no entries; −∞: their weights add up to 0 or less.
 */
export function rankOf(hist: HistogramState, group: number, p: number, definition: QuantileDefinition): number {
  const { n, w, w2 } = hist;
  const first = group * slotsOf(hist.bins);
  const end = first + slotsOf(hist.bins) - 1;
  const sum = (of: ExactSums | null): number => {
    let total = 0;
    for (let slot = first; slot < end; slot++) {
      if (n[slot] !== 0) total += of === null ? n[slot]! : sumAt(of, slot);
    }
    return total;
  };
  if (sum(null) === 0) return NaN;
  const total = sum(w);
  if (total <= 0) return -Infinity;
  if (definition === 'passing') {
    // A hair above p Σw: rounding must not let a running sum of exactly p Σw pass.
    const rank = total * p * (1 + 1e-12);
    return w === null ? Math.floor(rank) : rank;
  }
  if (w2 === null) return (total - 1) * p;
  return (total - sum(w2) / total) * p;
}
