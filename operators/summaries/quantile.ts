import { sumAt } from './exact_sum.js';
import { slotsOf, type HistogramState } from './histogram.js';
import type { Tally } from './tally.js';
import type { ZoomConfig, ZoomState } from './zoom.js';

/** Why a quantile is not known. */
export type QuantileGap = 'no events' | 'below the histogram' | 'above the histogram';

export type QuantileValue = { readonly value: number } | { readonly value: null; readonly reason: QuantileGap };

/**
 * linear: between the entries on either side of (n − 1) p (Hyndman & Fan's type 7, NumPy's default); with weights, of
 * p (Σw − Σw / n_eff), the same for equal weights.
 * passing: the first entry at which the running sum passes p Σw (their type 1, but for p n a whole number, where it is
 * the upper of the two entries): a value that an event has.
 */
export type QuantileDefinition = 'linear' | 'passing';

/** A slot of a row of slots, what lies before it, and what it holds. */
interface Found {
  readonly slot: number;
  readonly before: number;
  readonly entry: number;
}

type Entries = (slot: number) => number;

const entriesOf = ({ n, w }: Pick<Tally, 'n' | 'w'>, first: number): Entries =>
  w === null ? (slot) => n[first + slot]! : (slot) => sumAt(w, first + slot);

/** The first slot whose running sum passes `rank`; the last that holds something if none does. */
function locate(at: Entries, slots: number, rank: number): Found {
  let found: Found = { slot: -1, before: 0, entry: 0 };
  let before = 0;
  for (let slot = 0; slot < slots; slot++) {
    const entry = at(slot);
    if (entry !== 0) found = { slot, before, entry };
    before += entry;
    if (entry !== 0 && before > rank) break;
  }
  return found;
}

/** The next slot that holds something; the same if it is the last. */
function after(at: Entries, slots: number, found: Found): Found {
  for (let slot = found.slot + 1; slot < slots; slot++) {
    const entry = at(slot);
    if (entry !== 0) return { slot, before: found.before + found.entry, entry };
  }
  return found;
}

/** Where quantile p lies in the order of the entries, from 0. NaN entries take no part. Empty: NaN. */
function rankOf(hist: HistogramState, group: number, p: number, definition: QuantileDefinition): number {
  const stride = slotsOf(hist.bins);
  const sum = (of: Entries): number => {
    let total = 0;
    for (let slot = 0; slot < stride - 1; slot++) total += of(slot);
    return total;
  };
  const total = sum(entriesOf(hist, group * stride));
  if (sum((slot) => hist.n[group * stride + slot]!) === 0) return NaN;
  // A hair above p Σw: rounding must not let a running sum of exactly p Σw pass.
  if (definition === 'passing') return hist.w2 === null ? Math.floor(total * p * (1 + 1e-12)) : total * p * (1 + 1e-12);
  if (hist.w2 === null) return (total - 1) * p;
  const squares = sum(entriesOf({ n: hist.n, w: hist.w2 }, group * stride));
  return (total - squares / total) * p;
}

/** The bins between whose entries quantile p lies. */
function around(hist: HistogramState, group: number, rank: number): [Found, Found] {
  const stride = slotsOf(hist.bins);
  const at = entriesOf(hist, group * stride);
  const low = locate(at, stride - 1, hist.w === null ? Math.floor(rank) : rank);
  const within = hist.w === null && Math.floor(rank) + 1 < low.before + low.entry;
  return [low, within ? low : after(at, stride - 1, low)];
}

/** Which bins must be looked at again to know these quantiles of every group. */
export function zoomFor(
  hist: HistogramState,
  probabilities: readonly number[],
  parts: number,
  definition: QuantileDefinition = 'linear',
): ZoomConfig {
  const stride = slotsOf(hist.bins);
  const zoomed = new Int32Array(hist.groups * stride).fill(-1);
  let next = 0;
  for (let group = 0; group < hist.groups; group++) {
    for (const p of probabilities) {
      const rank = rankOf(hist, group, p, definition);
      for (const { slot } of Number.isNaN(rank) ? [] : around(hist, group, rank)) {
        const inside = slot > 0 && slot <= hist.bins[0];
        if (inside && zoomed[group * stride + slot] === -1) zoomed[group * stride + slot] = next++;
      }
    }
  }
  return { bins: hist.bins, groups: hist.groups, weighted: hist.w !== null, parts, zoomed };
}

/**
 * Quantile p of a group, from its histogram and the zoom made for it by `zoomFor`. Entries are known to width / parts;
 * in a bin that was not zoomed they count as spread evenly.
 */
export function quantile(
  hist: HistogramState,
  zoom: ZoomState,
  group: number,
  p: number,
  definition: QuantileDefinition = 'linear',
): QuantileValue {
  const rank = rankOf(hist, group, p, definition);
  if (Number.isNaN(rank)) return { value: null, reason: 'no events' };
  const [bins, low, high] = hist.bins;
  const first = group * slotsOf(hist.bins);
  const found = around(hist, group, rank);
  for (const { slot } of found) {
    if (slot === 0) return { value: null, reason: 'below the histogram' };
    if (slot > bins) return { value: null, reason: 'above the histogram' };
  }
  const [lower, upper] = found.map(({ slot, before, entry }) => {
    const z = zoom.zoomed[first + slot]!;
    const fine = z < 0 ? undefined : entriesOf(zoom, 1 + z * zoom.parts);
    return { slot, before, entry, fine };
  }) as [Fine, Fine];
  const at = ({ slot }: Fine, inside: number): number => low + ((slot - 1 + inside) * (high - low)) / bins;
  if (lower.fine === undefined || upper.fine === undefined) {
    return { value: at(lower, Math.min(1, Math.max(0, (rank - lower.before) / lower.entry))) };
  }
  const counted = hist.w === null;
  const inLower = locate(lower.fine, zoom.parts, (counted ? Math.floor(rank) : rank) - lower.before);
  const start = lower.before + inLower.before;
  if (definition === 'passing') return { value: at(lower, (inLower.slot + 0.5) / zoom.parts) };
  const share = counted ? rank - Math.floor(rank) : Math.min(1, Math.max(0, (rank - start) / inLower.entry));
  const alone = !counted || Math.floor(rank) + 1 >= start + inLower.entry;
  const same = lower.slot === upper.slot;
  const next = after(lower.fine, zoom.parts, inLower);
  const inUpper = !alone ? inLower : next !== inLower ? next : same ? inLower : locate(upper.fine, zoom.parts, 0);
  const middle = (x: Found): number => (x.slot + 0.5) / zoom.parts;
  const a = at(lower, middle(inLower));
  const b = at(alone && next === inLower ? upper : lower, middle(inUpper));
  return { value: a + share * (b - a) };
}

interface Fine extends Found {
  readonly fine: Entries | undefined;
}
