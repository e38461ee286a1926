import { goldenSection } from './golden_section.js';
import { normOf, type HingeGrid } from './hinge_grid.js';
import { firstAbove, sumsFrom } from './running_sums.js';

/** A plateau or a curvature is kept only if it takes more than this off χ² (H. Akaike, 1974: 2 a parameter). */
export const PENALTY = 2;

/** Far more than rounding, absolute and relative: what falls short of the best gain by this much is not the best. */
const MARGIN = 1e-6;

/** The best candidate: h and p refined, in units of t; dot = u · residual, norm = ‖u‖². */
export interface BestHinge {
  readonly family: number;
  readonly h: number;
  readonly p: number;
  readonly dot: number;
  readonly norm: number;
  readonly straightGain: number;
}

/**
 * The u of the grid that takes most off Σ w (residual)², less `PENALTY` for a plateau and for a curvature. For each
 * (h, p, κ) the best slope is linear algebra: χ² falls by (u · residual)² / ‖u‖². The residual is that of the baseline
 * fit, so that u · residual is the same with and without the baseline's part of u. The grid decides between the
 * maxima, golden sections in h, p and h again refine the best.
 */
export function bestHinge(grid: HingeGrid, residual: Float64Array): BestHinge {
  const { t, h, p, hIndex, pIndex, onsets, families } = grid;
  const plain = p.length - 1;
  let best = -Infinity;
  let bestFamily = 0;
  let bestP = plain;
  let bestH = 0;
  let straightGain = 0;
  const sums = families.map(({ weightedShape }) => {
    const [column, first] = [new Float64Array(t.length), new Float64Array(t.length)];
    for (let i = 0; i < t.length; i++) {
      column[i] = weightedShape[i]! * residual[i]!;
      first[i] = column[i]! * t[i]!;
    }
    return [sumsFrom(column), sumsFrom(first)] as const;
  });
  const above = new Float64Array(h.length);
  const product = new Float64Array(h.length);
  for (let f = 0; f < families.length; f++) {
    const [s0, s1] = sums[f]!;
    const { norm } = families[f]!;
    for (let i = 0; i < h.length; i++) {
      above[i] = s1[hIndex[i]!]!;
      product[i] = h[i]! * s0[hIndex[i]!]!;
    }
    for (let k = 0; k <= plain; k++) {
      const j = pIndex[k]!;
      const penalty = (f > 0 ? PENALTY : 0) + (k < plain ? PENALTY : 0);
      const less = s1[j]!;
      const top = (k < plain ? p[k]! : 0) * s0[j]!;
      const straight = f === 0 && k === plain;
      let enough = straight ? -Infinity : (best + penalty - MARGIN) * (1 - MARGIN);
      const first = k * h.length;
      const end = onsets[k]!;
      for (let i = 0; (i = nextOf(norm, first, above, product, less, top, enough, i, end)) < end; i++) {
        const dot = above[i]! - less - product[i]! + top;
        const gain = (dot * dot) / norm[first + i]!;
        if (gain - penalty > best) {
          best = gain - penalty;
          bestFamily = f;
          bestP = k;
          bestH = i;
          if (!straight) enough = (best + penalty - MARGIN) * (1 - MARGIN);
        }
        if (straight && gain > straightGain) straightGain = gain;
      }
    }
  }
  const family = families[bestFamily]!;
  const [s0, s1] = sums[bestFamily]!;
  const dotOf = (onset: number, end: number): number => {
    const i = firstAbove(t, onset);
    const j = firstAbove(t, end);
    return s1[i]! - s1[j]! - onset * s0[i]! + (j < t.length ? end * s0[j]! : 0);
  };
  const gain = (onset: number, end: number): number => {
    const square = normOf(grid, family, onset, end);
    return square > 0 ? dotOf(onset, end) ** 2 / square : 0;
  };
  let [onset, end] = [h[bestH]!, p[bestP]!];
  const refineOnset = (): void => {
    const [low, high] = [h[Math.max(0, bestH - 1)]!, h[Math.min(h.length - 1, bestH + 1)]!];
    const found = goldenSection((each) => gain(each, end), low, high);
    if (gain(found, end) > gain(onset, end)) onset = found;
  };
  refineOnset();
  if (bestP < plain) {
    const low = Math.max(p[Math.max(0, bestP - 1)]!, h[Math.min(h.length - 1, bestH + 1)]!);
    const high = bestP + 1 < plain ? p[bestP + 1]! : t[t.length - 2]!;
    const found = goldenSection((each) => gain(onset, each), low, high);
    if (gain(onset, found) > gain(onset, end)) end = found;
    refineOnset();
  }
  return {
    family: bestFamily,
    h: onset,
    p: end,
    dot: dotOf(onset, end),
    norm: normOf(grid, family, onset, end),
    straightGain,
  };
}

/** The first onset from i on whose gain may be `enough`; `end` if none. Nearly all are far from it: no need to divide. */
function nextOf(
  norm: Float64Array,
  first: number,
  above: Float64Array,
  product: Float64Array,
  less: number,
  top: number,
  enough: number,
  i: number,
  end: number,
): number {
  for (; i < end; i++) {
    const square = norm[first + i]!;
    const dot = above[i]! - less - product[i]! + top;
    if (square !== 0 && dot * dot >= enough * square) return i;
  }
  return end;
}
