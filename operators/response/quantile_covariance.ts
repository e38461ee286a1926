import { slotsOf, type HistogramState } from '../summaries/histogram.js';
import { entriesOf } from '../summaries/rank.js';
import type { ZoomState } from '../summaries/zoom.js';
import { sumOfSquares } from './effective_n.js';

/** Half the length of a 95 % interval in standard errors. */
const Z = 1.959964;

/**
 * Covariance matrix of the quantiles at rising `probabilities` of a group, in units of the axis squared:
 * C_ij = s_i V_ij s_j, with V the covariance of the distribution function F at the quantiles and s = dq / dp = 1 / f(q).
 *
 * For p ≤ p', with B, M and A the sums of w² below q, between q and q', and above q', each over (Σw)²:
 * V = (1 − p)(1 − p') B − p (1 − p') M + p p' A; without weights p (1 − p') / n. The density f is that in the 95 %
 * interval of the quantile itself, s = (q(p + h) − q(p − h)) / 2h with h = 1.96 √V: no shape is assumed, in particular no
 * Gaussian. Where the interval ends beyond the histogram, its inner half is taken.
 * R. S. Woodruff, "Confidence intervals for medians and other position measures", J. Amer. Statist. Assoc. 47 (1952)
 * 635; R. R. Bahadur, "A note on quantiles in large samples", Ann. Math. Statist. 37 (1966) 577.
 *
 * NaN: no events, Σw ≤ 0, or a quantile in a flow bin.
 */
export function quantileCovariance(
  hist: HistogramState,
  zoom: ZoomState,
  group: number,
  probabilities: readonly number[],
): number[][] {
  const sums = runningSums(hist, group);
  const total = sums.w2.at(-1)!;
  const weight = sums.w.at(-1)!;
  const places = probabilities.map((p) => placeOf(sums, p));
  const v = (i: number, j: number): number => {
    const [p, q] = [probabilities[i]!, probabilities[j]!];
    const [low, high] = [places[i]!.below, places[j]!.below];
    return ((1 - p) * (1 - q) * low - p * (1 - q) * (high - low) + p * q * (total - high)) / (weight * weight);
  };
  const slopes = probabilities.map((p, i) => {
    const h = Z * Math.sqrt(v(i, i));
    const [from, middle, to] = [Math.max(0, p - h), p, Math.min(1, p + h)].map((at) => ({
      p: at,
      q: valueAt(hist, zoom, group, placeOf(sums, at)),
    }));
    const low = Number.isNaN(from!.q) ? middle! : from!;
    const high = Number.isNaN(to!.q) ? middle! : to!;
    return (high.q - low.q) / (high.p - low.p);
  });
  return probabilities.map((_, i) =>
    probabilities.map((__, j) => slopes[i]! * v(Math.min(i, j), Math.max(i, j)) * slopes[j]!),
  );
}

/** Σw and Σw² of all slots before each, and of all: flow bins but not NaN. */
interface RunningSums {
  readonly w: Float64Array;
  readonly w2: Float64Array;
}

function runningSums(hist: HistogramState, group: number): RunningSums {
  const slots = slotsOf(hist.bins) - 1;
  const first = group * slotsOf(hist.bins);
  const entries = entriesOf(hist, first);
  const [w, w2] = [new Float64Array(slots + 1), new Float64Array(slots + 1)];
  for (let slot = 0; slot < slots; slot++) {
    w[slot + 1] = w[slot]! + entries(slot);
    w2[slot + 1] = w2[slot]! + (hist.n[first + slot] === 0 ? 0 : sumOfSquares(hist, first + slot));
  }
  return { w, w2 };
}

/** Where the running sum reaches p Σw: the slot, what it still lacks at its start, its share, and Σw² below. */
interface Place {
  readonly slot: number;
  readonly rest: number;
  readonly inside: number;
  readonly below: number;
}

function placeOf({ w, w2 }: RunningSums, p: number): Place {
  const target = p * w.at(-1)!;
  let slot = -1;
  for (let next = 0; next < w.length - 1; next++) {
    if (w[next + 1] === w[next]) continue;
    slot = next;
    if (w[next + 1]! > target) break;
  }
  if (slot < 0 || !(w.at(-1)! > 0)) return { slot: 0, rest: NaN, inside: NaN, below: NaN };
  const rest = target - w[slot]!;
  const inside = unit(rest / (w[slot + 1]! - w[slot]!));
  return { slot, rest, inside, below: w2[slot]! + inside * (w2[slot + 1]! - w2[slot]!) };
}

/** The value there; entries of a part of a zoomed bin, or of a bin, count as spread evenly. NaN in a flow bin. */
function valueAt(hist: HistogramState, zoom: ZoomState, group: number, { slot, rest, inside }: Place): number {
  const [bins, low, high] = hist.bins;
  if (slot < 1 || slot > bins) return NaN;
  const z = zoom.zoomed[group * slotsOf(hist.bins) + slot]!;
  let share = inside;
  if (z >= 0) {
    const parts = entriesOf(zoom, 1 + z * zoom.parts);
    let sum = 0;
    for (let part = 0; part < zoom.parts; part++) {
      const entry = parts(part);
      if (entry === 0) continue;
      share = (part + unit((rest - sum) / entry)) / zoom.parts;
      sum += entry;
      if (sum > rest) break;
    }
  }
  return low + ((slot - 1 + share) * (high - low)) / bins;
}

const unit = (x: number): number => Math.min(1, Math.max(0, x));
