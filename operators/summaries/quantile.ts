import { slotsOf, type HistogramState } from './histogram.js';
import { entriesOf, locate, nextSlot, rankOf, type QuantileDefinition } from './rank.js';
import { zoom, type ZoomConfig, type ZoomState } from './zoom.js';

export type { QuantileDefinition } from './rank.js';

/** Why a quantile is not known. */
export type QuantileGap = 'no events' | 'weights add up to 0 or less' | 'below the histogram' | 'above the histogram';

export type QuantileValue = { readonly value: number } | { readonly value: null; readonly reason: QuantileGap };

const gap = (reason: QuantileGap): QuantileValue => ({ value: null, reason });

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
      for (const slot of Number.isFinite(rank) ? slotsAround(hist, group, rank, definition) : []) {
        const inside = slot > 0 && slot <= hist.bins[0];
        if (inside && zoomed[group * stride + slot] === -1) zoomed[group * stride + slot] = next++;
      }
    }
  }
  return { bins: hist.bins, groups: hist.groups, weighted: hist.w !== null, parts, zoomed };
}

/** A zoom of no bin: quantiles are then known to what entries spread evenly over a bin tell. */
export const noZoom = (hist: HistogramState): ZoomState => zoom.create(zoomFor(hist, [], 1));

/** The slot in which a rank lies and, where the value may lie between two slots, the next. */
function slotsAround(hist: HistogramState, group: number, rank: number, definition: QuantileDefinition): number[] {
  const slots = slotsOf(hist.bins) - 1;
  const at = entriesOf(hist, group * slotsOf(hist.bins));
  const { slot, before, entry } = locate(at, slots, rank);
  const inner = definition === 'passing' || (hist.w === null && Math.floor(rank) + 1 < before + entry);
  const next = inner ? undefined : nextSlot(at, slots, slot + 1);
  return next === undefined ? [slot] : [slot, next];
}

/**
 * Quantile p of a group, from its histogram and the zoom made for it by `zoomFor`: a value of the axis. Entries count
 * by the middle of their part of a bin, so they are known to half of width / parts; in a bin that was not zoomed they
 * count as spread evenly. NaN entries take no part. Unknown without events, for Σw ≤ 0, and in a flow bin.
 */
export function quantile(
  hist: HistogramState,
  zoom: ZoomState,
  group: number,
  p: number,
  definition: QuantileDefinition = 'linear',
): QuantileValue {
  const rank = rankOf(hist, group, p, definition);
  if (Number.isNaN(rank)) return gap('no events');
  if (rank === -Infinity) return gap('weights add up to 0 or less');
  const [bins, low, high] = hist.bins;
  const first = group * slotsOf(hist.bins);
  const coarse = entriesOf(hist, first);
  const value = (slot: number, inside: number): number => low + ((slot - 1 + inside) * (high - low)) / bins;
  const middle = (slot: number, part: number): number => value(slot, (part + 0.5) / zoom.parts);
  const partsOf = (slot: number): number | undefined => {
    const z = zoom.zoomed[first + slot]!;
    return z < 0 ? undefined : 1 + z * zoom.parts;
  };

  const lower = locate(coarse, bins + 2, rank);
  if (lower.slot === 0) return gap('below the histogram');
  if (lower.slot > bins) return gap('above the histogram');
  const lowerParts = partsOf(lower.slot);
  if (lowerParts === undefined) return { value: value(lower.slot, unit((rank - lower.before) / lower.entry)) };
  const fine = entriesOf(zoom, lowerParts);
  const part = locate(fine, zoom.parts, rank - lower.before);
  const a = middle(lower.slot, part.slot);
  // The entries of a part share one value: only beyond the start of the last one the way to the next value begins.
  const last = part.entry / zoom.n[lowerParts + part.slot]!;
  const share = definition === 'passing' ? 0 : unit((rank - lower.before - part.before - part.entry) / last + 1);
  if (share === 0) return { value: a };

  const nextPart = nextSlot(fine, zoom.parts, part.slot + 1);
  if (nextPart !== undefined) return { value: a + share * (middle(lower.slot, nextPart) - a) };
  const upper = nextSlot(coarse, bins + 2, lower.slot + 1);
  if (upper === undefined) return { value: a };
  if (upper > bins) return gap('above the histogram');
  const upperParts = partsOf(upper);
  const b =
    upperParts === undefined
      ? value(upper, 0)
      : middle(upper, nextSlot(entriesOf(zoom, upperParts), zoom.parts, 0) ?? 0);
  return { value: a + share * (b - a) };
}

const unit = (x: number): number => Math.min(1, Math.max(0, x));
