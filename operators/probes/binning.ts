/** Bins of a feature: slot 0 underflow, 1 to `bins`, then overflow, then NaN (`bins` + 3 slots). */
export interface Binning {
  readonly low: number;
  readonly width: number;
  readonly bins: number;
}

const BINS = 50;
/** A discrete feature with more values than this is binned like a continuous one. */
const MOST_VALUES = 1000;

export const slotsOf = ({ bins }: Binning): number => bins + 3;

/** The slot of a value; the low edge belongs to a bin, the high edge does not. */
export function slotOf({ low, width, bins }: Binning, value: number): number {
  const slot = Math.floor((value - low) / width) + 1;
  return slot >= 1 ? (slot <= bins ? slot : bins + 1) : slot < 1 ? 0 : bins + 2;
}

/** Edges of the bins, bins + 1 of them. */
export const edgesOf = ({ low, width, bins }: Binning): number[] =>
  Array.from({ length: bins + 1 }, (_, b) => low + b * width);

/**
 * Bins for the nominal values x of a feature, in its unit, in the manner of a control plot: 50 of equal width between
 * the 0.1 % and the 99.9 % quantile (the nearest ranks), which are inside. A discrete feature (multiples of `step`; with
 * step 0 also one whose values are all whole numbers) has a bin for each value from the least to the largest, up to 1000
 * of them. A single value: one bin around it. NaN takes no part; infinite values are under- and overflow.
 */
export function binningOf(x: Float64Array, step: number): Binning {
  const sorted = x.filter((value) => Number.isFinite(value)).sort();
  const n = sorted.length;
  if (n === 0) return { low: 0, width: 1, bins: 1 };
  const unit = step > 0 ? step : sorted.every((value) => Number.isInteger(value)) ? 1 : 0;
  if (unit > 0) {
    const least = Math.round(sorted[0]! / unit);
    const bins = Math.round(sorted[n - 1]! / unit) - least + 1;
    if (bins <= MOST_VALUES) return { low: (least - 0.5) * unit, width: unit, bins };
  }
  const low = sorted[Math.floor(0.001 * (n - 1))]!;
  const high = sorted[Math.ceil(0.999 * (n - 1))]!;
  if (!(high > low)) return { low: low - 0.5, width: 1, bins: 1 };
  // A little wider than the range, so that its upper end is inside.
  const width = ((high - low) / BINS) * (1 + 1e-9);
  return width > 0 && low + width > low ? { low, width, bins: BINS } : { low, width: high - low, bins: 1 };
}
